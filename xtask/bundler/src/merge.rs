//! Makes one module of several. The splitter writes a module for each set of parts that shares code, which is
//! dozens of small ones; a browser compresses, asks for and compiles one large module better.
//!
//! The modules are as the splitter writes them: all have the same list of types, import nothing but the memory, the
//! table and the stack pointer of the main file, and reach a function of another module through a stub that calls
//! its slot of the table.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;

use anyhow::{Context, bail, ensure};
use wasm_encoder::reencode::{self, Reencode};
use wasm_encoder::{
    CodeSection, DataSection, ElementSection, FunctionSection, ImportSection, Module, RawSection, SectionId,
};
use wasmparser::{
    Data, DataKind, Element, ElementItems, ElementKind, FunctionBody, Import, Operator, Parser, Payload,
    TypeRef,
};

/// One module with the code and the data of all `modules`, in their order. A call from one of them to another is a
/// direct one afterwards. The stubs are still there; nothing calls them.
pub(crate) fn merge(modules: &[&[u8]]) -> anyhow::Result<Vec<u8>> {
    let pieces = modules.iter().map(|module| Piece::parse(module)).collect::<anyhow::Result<Vec<_>>>()?;
    let types = pieces.first().context("nothing to merge")?.types;
    ensure!(pieces.iter().all(|piece| piece.types == types), "the modules do not have the same types");
    let firsts = first_indices(&pieces)?;
    let targets = targets(&pieces, &firsts)?;

    let mut merged = Module::new();
    merged.section(&RawSection { id: SectionId::Type.into(), data: types });
    merged.section(&imports(&pieces)?);
    let mut functions = FunctionSection::new();
    for kind in pieces.iter().flat_map(|piece| &piece.functions) {
        functions.function(*kind);
    }
    merged.section(&functions);
    let (mut elements, mut code, mut data) = (ElementSection::new(), CodeSection::new(), DataSection::new());
    for (piece, targets) in pieces.into_iter().zip(targets) {
        let mut renumber = Renumber(targets);
        for element in piece.elements {
            renumber.parse_element(&mut elements, element)?;
        }
        for body in piece.bodies {
            renumber.parse_function_body(&mut code, body)?;
        }
        for segment in piece.data {
            renumber.parse_data(&mut data, segment)?;
        }
    }
    merged.section(&elements).section(&code).section(&data);
    Ok(merged.finish())
}

/// What a module consists of, except what describes it.
#[derive(Default)]
struct Piece<'a> {
    types: &'a [u8],
    imports: Vec<Import<'a>>,
    /// The type of each function.
    functions: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
    elements: Vec<Element<'a>>,
    /// The segments that are not empty.
    data: Vec<Data<'a>>,
}

impl<'a> Piece<'a> {
    fn parse(module: &'a [u8]) -> anyhow::Result<Self> {
        let mut piece = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(types) => {
                    let range = types.range();
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    piece.types = module.get(range).context("types outside of their module")?;
                }
                Payload::ImportSection(imports) => {
                    piece.imports = imports.into_imports().collect::<Result<_, _>>()?;
                }
                Payload::FunctionSection(functions) => {
                    piece.functions = functions.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ElementSection(elements) => {
                    piece.elements = elements.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::DataSection(data) => piece.data = data.into_iter().collect::<Result<_, _>>()?,
                Payload::CodeSectionEntry(body) => piece.bodies.push(body),
                Payload::ExportSection(exports) => {
                    ensure!(exports.count() == 0, "a module that is merged exports something");
                }
                // What was counted is merged or left out. Names and notes of tools are not needed any more.
                Payload::Version { .. }
                | Payload::DataCountSection { .. }
                | Payload::CodeSectionStart { .. }
                | Payload::CustomSection(_)
                | Payload::End(_) => {}
                other => bail!("a module that is merged has {other:?}"),
            }
        }
        // The splitter keeps the number of each segment of the program, also where it is empty.
        piece.data.retain(|segment| !segment.data.is_empty());
        let is_active = |segment: &Data<'_>| matches!(segment.kind, DataKind::Active { .. });
        ensure!(piece.data.iter().all(is_active), "the code may name a data segment by its number");
        Ok(piece)
    }
}

/// The index of the first function of each piece among the functions of all.
fn first_indices(pieces: &[Piece<'_>]) -> anyhow::Result<Vec<u32>> {
    let mut next = 0_u32;
    let first = |piece: &Piece<'_>| {
        let first = next;
        next += u32::try_from(piece.functions.len())?;
        Ok(first)
    };
    pieces.iter().map(first).collect()
}

/// For each piece, and each of its functions, the index among all functions of what is called when it is called: the
/// function itself, or the one that it is a stub of. Stubs of a function that is in none of the pieces become one.
fn targets(pieces: &[Piece<'_>], firsts: &[u32]) -> anyhow::Result<Vec<Vec<u32>>> {
    let mut slots = HashMap::new();
    for (piece, first) in pieces.iter().zip(firsts) {
        for element in &piece.elements {
            for (slot, function) in slots_of(element)? {
                slots.insert(slot, first + function);
            }
        }
    }
    let of_piece = |(piece, first): (&Piece<'_>, &u32)| -> anyhow::Result<Vec<u32>> {
        let functions = piece.functions.iter().zip(&piece.bodies).zip(*first..);
        let target = |((kind, body), own): ((&u32, &FunctionBody<'_>), u32)| -> anyhow::Result<u32> {
            Ok(match slot_called_by(*kind, body)? {
                Some(slot) => *slots.entry(slot).or_insert(own),
                None => own,
            })
        };
        functions.map(target).collect()
    };
    pieces.iter().zip(firsts).map(of_piece).collect()
}

/// The slots of the table that a segment fills, with the indices of the functions within its module.
fn slots_of(element: &Element<'_>) -> anyhow::Result<Vec<(u32, u32)>> {
    let (ElementKind::Active { offset_expr, .. }, ElementItems::Functions(functions)) =
        (&element.kind, &element.items)
    else {
        bail!("a module that is merged does not fill the table with functions");
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("a module that is merged does not say where it fills the table");
    };
    let first = u32::try_from(value)?;
    (first..).zip(functions.clone()).map(|(slot, function)| Ok((slot, function?))).collect()
}

/// The slot that a function calls with its own arguments, if it does nothing else.
fn slot_called_by(kind: u32, body: &FunctionBody<'_>) -> anyhow::Result<Option<u32>> {
    let mut operators = body.get_operators_reader()?;
    let mut arguments = 0..;
    loop {
        match operators.read()? {
            Operator::LocalGet { local_index } if arguments.next() == Some(local_index) => {}
            Operator::I32Const { value } => {
                // A call of the function's own type takes and gives what the function does.
                let is_called = matches!(
                    operators.read()?,
                    Operator::CallIndirect { type_index, table_index: 0 } if type_index == kind
                );
                let is_stub = is_called && matches!(operators.read()?, Operator::End) && operators.eof();
                return Ok(u32::try_from(value).ok().filter(|_| is_stub));
            }
            _ => return Ok(None),
        }
    }
}

/// What any of the pieces imports. Each has an index of its own only as long as there is one of its kind.
fn imports(pieces: &[Piece<'_>]) -> anyhow::Result<ImportSection> {
    let mut all: Vec<Import<'_>> = Vec::new();
    for import in pieces.iter().flat_map(|piece| &piece.imports) {
        let is_same = |other: &Import<'_>| (other.module, other.name) == (import.module, import.name);
        if all.iter().any(is_same) {
            continue;
        }
        let kind = std::mem::discriminant(&import.ty);
        ensure!(
            !matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_))
                && all.iter().all(|other| std::mem::discriminant(&other.ty) != kind),
            "{} {} cannot be merged",
            import.module,
            import.name
        );
        all.push(*import);
    }
    let mut section = ImportSection::new();
    for import in all {
        Renumber(Vec::new()).parse_import(&mut section, import)?;
    }
    Ok(section)
}

/// Copies code, elements and data of a piece with the indices that its functions have among all.
struct Renumber(Vec<u32>);

/// Error: a module names a function that it does not have.
#[derive(Debug)]
struct NoFunction(u32);

impl fmt::Display for NoFunction {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "there is no function {}", self.0)
    }
}

impl Error for NoFunction {}

impl Reencode for Renumber {
    type Error = NoFunction;

    fn function_index(&mut self, function: u32) -> Result<u32, reencode::Error<NoFunction>> {
        let index = usize::try_from(function).ok().and_then(|index| self.0.get(index));
        index.copied().ok_or(reencode::Error::UserError(NoFunction(function)))
    }
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        ConstExpr, ElementSegment, Elements, EntityType, Function, GlobalType, MemoryType, RefType,
        TableType, TypeSection, ValType,
    };
    use wasmparser::Validator;

    use super::*;

    /// A module as the splitter writes it: functions that take a number and give one.
    struct Written {
        imports: Vec<(&'static str, EntityType)>,
        functions: Vec<Function>,
        /// The slots from this one on are filled with these functions.
        slots: (i32, Vec<u32>),
        data: (i32, &'static [u8]),
    }

    impl Written {
        fn encode(self, is_exported: bool) -> Vec<u8> {
            let mut module = Module::new();
            let mut types = TypeSection::new();
            types.ty().function([ValType::I32], [ValType::I32]);
            module.section(&types);
            let mut imports = ImportSection::new();
            for (name, kind) in self.imports {
                imports.import("__wasm_split", name, kind);
            }
            module.section(&imports);
            let mut functions = FunctionSection::new();
            self.functions.iter().for_each(|_| {
                functions.function(0);
            });
            module.section(&functions);
            if is_exported {
                let mut exports = wasm_encoder::ExportSection::new();
                exports.export("first", wasm_encoder::ExportKind::Func, 0);
                module.section(&exports);
            }
            let mut elements = ElementSection::new();
            elements.segment(ElementSegment {
                mode: wasm_encoder::ElementMode::Active {
                    table: None,
                    offset: &ConstExpr::i32_const(self.slots.0),
                },
                elements: Elements::Functions(self.slots.1.into()),
            });
            let mut code = CodeSection::new();
            for function in &self.functions {
                code.function(function);
            }
            let mut data = DataSection::new();
            data.active(0, &ConstExpr::i32_const(0), []);
            data.active(0, &ConstExpr::i32_const(self.data.0), self.data.1.iter().copied());
            module.section(&elements).section(&code).section(&data);
            module.finish()
        }
    }

    fn memory() -> (&'static str, EntityType) {
        let memory =
            MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
        ("memory", EntityType::Memory(memory))
    }

    fn table() -> (&'static str, EntityType) {
        let table = TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 10,
            maximum: None,
            shared: false,
        };
        ("__indirect_function_table", EntityType::Table(table))
    }

    fn stack_pointer(name: &'static str) -> (&'static str, EntityType) {
        (name, EntityType::Global(GlobalType { val_type: ValType::I32, mutable: true, shared: false }))
    }

    /// A stub that calls a slot.
    fn stub(slot: i32) -> Function {
        let mut stub = Function::new([]);
        stub.instructions().local_get(0).i32_const(slot).call_indirect(0, 0).end();
        stub
    }

    /// A function that calls others, one after the other.
    fn calls(functions: &[u32]) -> Function {
        let mut caller = Function::new([]);
        let mut code = caller.instructions();
        code.local_get(0);
        for function in functions {
            code.call(*function);
        }
        code.end();
        caller
    }

    /// Calls its own second function and, through stubs, slot 6 and slot 9.
    fn first() -> Written {
        Written {
            imports: vec![memory(), table()],
            functions: vec![calls(&[1, 2, 3]), calls(&[]), stub(6), stub(9)],
            slots: (5, vec![0]),
            data: (100, b"first"),
        }
    }

    /// Has slot 6 and slot 7, and calls slot 5 and slot 9 through stubs.
    fn second() -> Written {
        Written {
            imports: vec![table(), memory(), stack_pointer("__stack_pointer")],
            functions: vec![stub(9), stub(5), calls(&[0, 1]), calls(&[2])],
            slots: (6, vec![2, 3]),
            data: (200, b"second"),
        }
    }

    /// The functions that each function calls.
    fn called_by(module: &[u8]) -> Vec<Vec<u32>> {
        let bodies = Piece::parse(module).expect("a module").bodies;
        let called = |body: FunctionBody<'_>| {
            let operators = body.get_operators_reader().expect("code").into_iter();
            let called = |operator| match operator {
                Ok(Operator::Call { function_index }) => Some(function_index),
                _ => None,
            };
            operators.filter_map(called).collect()
        };
        bodies.into_iter().map(called).collect()
    }

    #[test]
    fn what_is_merged_is_one_module_whose_parts_call_each_other_directly() {
        let modules = [first().encode(false), second().encode(false)];
        let merged = merge(&modules.each_ref().map(Vec::as_slice)).expect("merged");
        Validator::new().validate_all(&merged).expect("a valid module");
        // Slot 6 is the third function of the second module, and slot 5 the first of the first. Slot 9 is in neither,
        // so one stub of it serves both.
        let expected = [vec![1, 6, 3], vec![], vec![], vec![], vec![], vec![], vec![3, 0], vec![6]];
        assert_eq!(called_by(&merged), expected);
        let piece = Piece::parse(&merged).expect("a module");
        let slots: Vec<_> =
            piece.elements.iter().flat_map(|element| slots_of(element).expect("slots")).collect();
        assert_eq!(slots, [(5, 0), (6, 6), (7, 7)]);
        let data: Vec<_> = piece.data.iter().map(|segment| segment.data).collect();
        assert_eq!(data, [b"first".as_slice(), b"second"]);
        let imports: Vec<_> = piece.imports.iter().map(|import| import.name).collect();
        assert_eq!(imports, ["memory", "__indirect_function_table", "__stack_pointer"]);
    }

    #[test]
    fn a_function_that_does_more_than_a_stub_is_called_itself() {
        let mut more = Function::new([]);
        more.instructions().local_get(0).i32_const(5).call_indirect(0, 0).call(1).end();
        let mut other = Function::new([]);
        other.instructions().i32_const(1).i32_const(5).call_indirect(0, 0).end();
        let third = Written { functions: vec![calls(&[1, 2]), more, other], slots: (7, vec![0]), ..second() };
        let modules = [first().encode(false), third.encode(false)];
        let merged = merge(&modules.each_ref().map(Vec::as_slice)).expect("merged");
        assert_eq!(called_by(&merged)[4..], [vec![5, 6], vec![5], vec![]]);
    }

    #[test]
    fn what_cannot_be_merged_is_an_error() {
        let check = |modules: &[Vec<u8>], expected: &str| {
            let modules: Vec<_> = modules.iter().map(Vec::as_slice).collect();
            let error = merge(&modules).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error}");
        };
        check(&[], "nothing to merge");
        check(&[first().encode(true)], "exports something");
        let other = Written { imports: vec![table(), memory(), stack_pointer("other")], ..second() };
        check(&[second().encode(false), other.encode(false)], "other cannot be merged");
        let empty = Module::new().finish();
        check(&[first().encode(false), empty], "do not have the same types");
    }
}
