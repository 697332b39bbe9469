//! A whole text, read once.
//!
//! The lists at the root are most of a large file, and their objects are wanted too. Macros are built
//! without optimisation, where reading a list once more takes some 15 ms for each MB.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Object, Value, position};

/// What JSON counts as white space.
pub(super) const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// One value that is all of a text, or members of one, with what most is asked of it.
pub(crate) struct Document<'a> {
    /// All of the text.
    pub(crate) value: Value<'a>,
    /// Those of the value.
    pub(crate) members: Object<'a>,
    /// For each member that is a list, the objects in it.
    objects: Vec<Vec<Object<'a>>>,
}

/// An object that is all of a text, or another value.
pub(super) fn read<'a>(text: &'a str, value: Value<'a>) -> serde_json::Result<Document<'a>> {
    if let Ok(Root(members)) = serde_json::from_str(text) {
        return Ok(Document::new(value, members));
    }
    // No object; no JSON, and then this error is the plainest; or half a surrogate pair in a list,
    // which is JSON all the same.
    serde_json::from_str::<&RawValue>(text)?;
    let members = value.members();
    Ok(Document {
        objects: members
            .iter()
            .map(|member| member.value.objects())
            .collect(),
        members,
        value,
    })
}

impl<'a> Document<'a> {
    /// Some members of a text that is not JSON itself.
    pub(crate) fn part(text: &'a str, members: Object<'a>) -> Self {
        let raw = text.trim_matches(SPACE);
        Self {
            value: Value {
                document: text,
                raw,
            },
            objects: members.iter().map(|_| Vec::new()).collect(),
            members,
        }
    }

    /// The objects in the list of that name.
    pub(crate) fn objects(&self, name: &str) -> &[Object<'a>] {
        let list = position(&self.members, name).and_then(|nth| self.objects.get(nth));
        list.map_or(&[], Vec::as_slice)
    }

    /// The text between a key and the next is its value, with a colon before and a comma after it.
    fn new(value: Value<'a>, read: Vec<(&'a RawValue, Objects<'a>)>) -> Self {
        let starts = read
            .iter()
            .skip(1)
            .map(|(key, _)| value.child(key.get()).place().start);
        let end = value.place().end - 1;
        let ends: Vec<usize> = starts.chain([end]).collect();
        let (mut members, mut objects) = (Vec::new(), Vec::new());
        for ((key, Objects(list)), end) in read.into_iter().zip(ends) {
            let start = value.child(key.get()).place().end;
            let between = value.document.get(start..end).unwrap_or_default();
            let raw = between
                .trim_start_matches(SPACE)
                .trim_start_matches(':')
                .trim_end_matches(SPACE);
            let raw = raw.strip_suffix(',').unwrap_or(raw).trim_matches(SPACE);
            members.push(value.member(key.get(), raw));
            objects.push(
                list.into_iter()
                    .map(|members| value.placed(members))
                    .collect(),
            );
        }
        Self {
            value,
            members,
            objects,
        }
    }
}

/// The members of an object, each with the objects in its list.
struct Root<'a>(Vec<(&'a RawValue, Objects<'a>)>);

/// The objects in a list; anything else has none.
#[derive(Default)]
struct Objects<'a>(Vec<Members<'a>>);

/// The members of an object; anything else has none.
#[derive(Default)]
pub(super) struct Members<'a>(pub(super) Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Root<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Root<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                entries(map).map(Root)
            }
        }
        deserializer.deserialize_map(Visit)
    }
}

/// What a visitor makes of values that have no parts.
macro_rules! nothing_of_scalars {
    () => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
}

impl<'de> Deserialize<'de> for Objects<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Objects<'de>;

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut objects = Vec::new();
                while let Some(object) = seq.next_element()? {
                    objects.push(object);
                }
                Ok(Objects(objects))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Objects::default())
            }

            nothing_of_scalars!();
        }
        deserializer.deserialize_any(Visit)
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Members<'de>;

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                entries(map).map(Members)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Members::default())
            }

            nothing_of_scalars!();
        }
        deserializer.deserialize_any(Visit)
    }
}

/// All entries of a map, in order, and those of the same key too.
fn entries<'de, V: Deserialize<'de>, A: MapAccess<'de>>(
    mut map: A,
) -> Result<Vec<(&'de RawValue, V)>, A::Error> {
    let mut entries = Vec::new();
    while let Some(entry) = map.next_entry()? {
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::Document;
    use crate::json::{Object, Parsed, parse};
    use crate::report::Report;

    fn document(text: &str) -> Document<'_> {
        match parse(text, None, &mut Report::default()) {
            Some(Parsed::Json(document)) => document,
            _ => panic!("{text} is JSON"),
        }
    }

    /// The members as they are found by themselves.
    #[test]
    fn members_of_the_root() {
        for text in [
            "{}",
            " \n{ }\t",
            "\u{feff}{\"a\":1}",
            r#"{"a":1,"a" : [ ] ,"b":{"c":[{"d":1}]}}"#,
            "\r\n{\t\"a\"\n:\r\"x:,\" , \"b,:}\": \"\\\"}\" }\n",
            r#"{"a":[{"b":1,"c":"d"},[{"e":2}],"f",null,true,-1,1.5,{}],"g":{"h":{}}}"#,
            r#"{"\u0061":[{"\ud83d\ude00":"\ud83d"}],"half":["\ud83d"]}"#,
            "[{\"a\":1}]",
            "\"a\"",
            "-1.5e3",
        ] {
            let document = document(text);
            let expected = document.value.members();
            assert_eq!(document.members.len(), expected.len(), "{text}");
            assert_eq!(document.objects.len(), expected.len(), "{text}");
            for ((member, objects), expected) in document
                .members
                .iter()
                .zip(&document.objects)
                .zip(&expected)
            {
                assert_eq!(member.key.as_str(), expected.key.as_str(), "{text}");
                assert_eq!(member.value.raw(), expected.value.raw(), "{text}");
                assert_eq!(member.value.place(), expected.value.place(), "{text}");
                let names = |objects: &[Object<'_>]| -> Vec<Vec<String>> {
                    let members = objects.iter().map(|members| members.iter());
                    members
                        .map(|members| {
                            members
                                .map(|member| member.key.as_str().to_owned())
                                .collect()
                        })
                        .collect()
                };
                assert_eq!(names(objects), names(&expected.value.objects()), "{text}");
            }
        }
    }

    #[test]
    fn objects_of_a_list() {
        let text = r#"{"a":1,"b":[{"c":1,"d":[2]},3,{}]}"#;
        let document = document(text);
        let lengths: Vec<Vec<usize>> = document
            .objects
            .iter()
            .map(|list| list.iter().map(Vec::len).collect())
            .collect();
        assert_eq!(lengths, [vec![], vec![2, 0, 0]]);
        assert_eq!(document.objects[1][0][1].value.raw(), "[2]");
    }
}
