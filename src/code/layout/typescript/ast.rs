//! The syntax tree, as far as its layout needs it. All of it lies in an arena.

use super::lexer::Comment;
use crate::code::layout::Origin;

/// What stands around an element of a list: a statement, a member, an argument.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Trivia<'a> {
    pub(super) origin: Option<Origin>,
    /// An empty line comes before it.
    pub(super) after_blank: bool,
    /// It begins on a new line.
    pub(super) on_new_line: bool,
    pub(super) leading: &'a [Comment<'a>],
    pub(super) trailing: &'a [Comment<'a>],
}

impl Trivia<'_> {
    pub(super) fn has_comments(&self) -> bool {
        !(self.leading.is_empty() && self.trailing.is_empty())
    }
}

/// An element of a list with what stands around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a, T> {
    pub(super) trivia: Trivia<'a>,
    pub(super) node: T,
}

/// A list between brackets, with the comments after its last element.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'a, T> {
    pub(super) items: &'a [Item<'a, T>],
    pub(super) end: Trivia<'a>,
}

impl<'a, T> List<'a, T> {
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn nodes(&self) -> impl DoubleEndedIterator<Item = &T> + use<'_, 'a, T> {
        self.items.iter().map(|item| &item.node)
    }

    pub(super) fn only(&self) -> Option<&T> {
        match self.items {
            [only] => Some(&only.node),
            _ => None,
        }
    }
}

/// Something that can stand in parentheses. Those of the source are kept; they are not nodes of their own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expr<'a> {
    pub(super) parens: bool,
    pub(super) kind: ExprKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ExprKind<'a> {
    /// A name, `this`, `super`, `import`, `import.meta`.
    Name(&'a str),
    Literal(Literal, &'a str),
    Template(&'a Template<'a>),
    Array(&'a List<'a, Option<Expr<'a>>>),
    Object(&'a Object<'a>),
    Function(&'a Function<'a>),
    Arrow(&'a Arrow<'a>),
    Class(&'a Class<'a>),
    Unary {
        operator: &'a str,
        operand: &'a Expr<'a>,
    },
    Update {
        operator: &'a str,
        prefix: bool,
        operand: &'a Expr<'a>,
    },
    Binary {
        left: &'a Expr<'a>,
        operator: &'a str,
        right: &'a Expr<'a>,
    },
    Assign {
        left: &'a Expr<'a>,
        operator: &'a str,
        right: &'a Expr<'a>,
    },
    Conditional {
        test: &'a Expr<'a>,
        yes: &'a Expr<'a>,
        no: &'a Expr<'a>,
    },
    Call(&'a Call<'a>),
    New(&'a New<'a>),
    Member {
        object: &'a Expr<'a>,
        optional: bool,
        name: &'a str,
        after_blank: bool,
        origin: Option<Origin>,
    },
    Index {
        object: &'a Expr<'a>,
        optional: bool,
        index: &'a Expr<'a>,
    },
    NonNull(&'a Expr<'a>),
    /// `as` and `satisfies`.
    As {
        value: &'a Expr<'a>,
        word: &'a str,
        ty: &'a Type<'a>,
    },
    Await(&'a Expr<'a>),
    Yield {
        delegate: bool,
        value: Option<&'a Expr<'a>>,
    },
    Spread(&'a Expr<'a>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Literal {
    String,
    Number,
    Boolean,
    Null,
    Regex,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Template<'a> {
    pub(super) tag: Option<&'a Expr<'a>>,
    pub(super) type_args: Option<&'a List<'a, Type<'a>>>,
    pub(super) text: &'a str,
    pub(super) interpolations: &'a [Expr<'a>],
    pub(super) on_new_line: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Object<'a> {
    pub(super) members: List<'a, Property<'a>>,
}

impl Object<'_> {
    /// The source has its first key on a new line, and so it stays.
    pub(super) fn stays_open(&self) -> bool {
        self.members.items.first().is_some_and(|first| first.trivia.on_new_line)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Property<'a> {
    KeyValue {
        key: Key<'a>,
        value: Expr<'a>,
    },
    /// `name`, or in a pattern `name = value`.
    Shorthand {
        name: &'a str,
        default: Option<Expr<'a>>,
    },
    Method(&'a Method<'a>),
    Spread(Expr<'a>),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Key<'a> {
    /// A name, a string or a number as written.
    Plain(&'a str),
    Computed(&'a Expr<'a>),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) callee: Expr<'a>,
    pub(super) optional: bool,
    pub(super) type_args: Option<&'a List<'a, Type<'a>>>,
    pub(super) args: List<'a, Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct New<'a> {
    pub(super) callee: Expr<'a>,
    pub(super) type_args: Option<&'a List<'a, Type<'a>>>,
    pub(super) args: List<'a, Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Signature<'a> {
    pub(super) type_params: Option<&'a List<'a, TypeParam<'a>>>,
    pub(super) params: List<'a, Param<'a>>,
    pub(super) returns: Option<Type<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Function<'a> {
    pub(super) is_async: bool,
    pub(super) generator: bool,
    pub(super) name: Option<&'a str>,
    pub(super) signature: Signature<'a>,
    pub(super) body: Option<Block<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Arrow<'a> {
    pub(super) is_async: bool,
    pub(super) signature: Signature<'a>,
    pub(super) body: ArrowBody<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ArrowBody<'a> {
    Block(Block<'a>),
    Expr(Expr<'a>),
}

/// A method of an object or a class, a constructor, or an accessor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Method<'a> {
    /// `async`, `*`, `get`, `set`, `static`, `private` …, as written.
    pub(super) modifiers: &'a [&'a str],
    pub(super) generator: bool,
    pub(super) key: Key<'a>,
    pub(super) optional: bool,
    pub(super) signature: Signature<'a>,
    pub(super) body: Option<Block<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Param<'a> {
    pub(super) decorators: &'a [Expr<'a>],
    /// The source has a line end behind the decorators.
    pub(super) decorators_on_own_line: bool,
    pub(super) modifiers: &'a [&'a str],
    pub(super) rest: bool,
    pub(super) pattern: Pattern<'a>,
    pub(super) optional: bool,
    pub(super) ty: Option<Type<'a>>,
    pub(super) default: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Pattern<'a> {
    Name(&'a str),
    Object(&'a List<'a, PatternProperty<'a>>),
    Array(&'a List<'a, Option<PatternElement<'a>>>),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct PatternElement<'a> {
    pub(super) rest: bool,
    pub(super) pattern: Pattern<'a>,
    pub(super) default: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct PatternProperty<'a> {
    /// Absent in `{ name }`, `{ name = 1 }` and `{ ...rest }`.
    pub(super) key: Option<Key<'a>>,
    pub(super) value: PatternElement<'a>,
}

pub(super) type Block<'a> = List<'a, Statement<'a>>;

#[derive(Clone, Copy, Debug)]
pub(super) enum Statement<'a> {
    /// Imports and re-exports of modules.
    Module(&'a ModuleClause<'a>),
    Export {
        is_default: bool,
        declaration: &'a Statement<'a>,
    },
    /// A declaration that only describes: `declare …`.
    Declare(&'a Statement<'a>),
    Variables(Variables<'a>),
    Function(&'a Function<'a>),
    Class(&'a Class<'a>),
    Interface(&'a Interface<'a>),
    TypeAlias {
        name: &'a str,
        params: Option<&'a List<'a, TypeParam<'a>>>,
        ty: Type<'a>,
    },
    Enum {
        is_const: bool,
        name: &'a str,
        members: &'a List<'a, (Key<'a>, Option<Expr<'a>>)>,
    },
    /// `namespace a.b { … }`, `module "a" { … }`, `global { … }`.
    Namespace {
        head: &'a [&'a str],
        body: &'a Block<'a>,
    },
    If {
        test: Expr<'a>,
        yes: &'a Statement<'a>,
        no: Option<&'a Statement<'a>>,
    },
    For {
        init: Option<&'a Statement<'a>>,
        test: Option<&'a Expr<'a>>,
        update: Option<&'a Expr<'a>>,
        body: &'a Statement<'a>,
    },
    ForEach {
        is_await: bool,
        target: &'a Statement<'a>,
        word: &'a str,
        iterated: &'a Expr<'a>,
        body: &'a Statement<'a>,
    },
    While {
        test: Expr<'a>,
        body: &'a Statement<'a>,
    },
    DoWhile {
        body: &'a Statement<'a>,
        test: Expr<'a>,
    },
    Switch {
        value: Expr<'a>,
        cases: &'a List<'a, Case<'a>>,
    },
    Try {
        body: &'a Block<'a>,
        catch: Option<&'a Catch<'a>>,
        finally: Option<&'a Block<'a>>,
    },
    Return(Option<Expr<'a>>),
    Throw(Expr<'a>),
    /// `break`, `continue`, `debugger`, with a label.
    Jump {
        word: &'a str,
        label: Option<&'a str>,
    },
    Labelled {
        label: &'a str,
        body: &'a Statement<'a>,
    },
    Block(&'a Block<'a>),
    Expr(Expr<'a>),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct ModuleClause<'a> {
    /// `import` or `export`.
    pub(super) word: &'a str,
    pub(super) type_only: bool,
    /// The default import, or `* as name`, in order.
    pub(super) names: &'a [&'a str],
    pub(super) specifiers: Option<List<'a, &'a str>>,
    pub(super) source: Option<&'a str>,
    /// `with { type: "json" }`
    pub(super) attributes: &'a [(&'a str, &'a str)],
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Variables<'a> {
    /// `const`, `let`, `var`, `using`, `await using`.
    pub(super) word: &'a str,
    pub(super) declarators: &'a [Declarator<'a>],
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Declarator<'a> {
    pub(super) pattern: Pattern<'a>,
    pub(super) definite: bool,
    pub(super) ty: Option<Type<'a>>,
    pub(super) init: Option<Expr<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    /// Absent for `default`.
    pub(super) test: Option<Expr<'a>>,
    pub(super) body: &'a [Item<'a, Statement<'a>>],
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Catch<'a> {
    pub(super) param: Option<(Pattern<'a>, Option<Type<'a>>)>,
    pub(super) body: Block<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Class<'a> {
    pub(super) decorators: &'a [Expr<'a>],
    pub(super) is_abstract: bool,
    pub(super) name: Option<&'a str>,
    pub(super) type_params: Option<&'a List<'a, TypeParam<'a>>>,
    pub(super) extends: Option<(Expr<'a>, Option<&'a List<'a, Type<'a>>>)>,
    pub(super) implements: &'a [Type<'a>],
    pub(super) members: List<'a, ClassMember<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct ClassMember<'a> {
    pub(super) decorators: &'a [Expr<'a>],
    /// The source has a line end behind some decorator.
    pub(super) decorators_on_own_line: bool,
    pub(super) kind: ClassMemberKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ClassMemberKind<'a> {
    Method(Method<'a>),
    Property {
        modifiers: &'a [&'a str],
        key: Key<'a>,
        /// `?` or `!`.
        mark: Option<&'a str>,
        ty: Option<Type<'a>>,
        value: Option<Expr<'a>>,
    },
    Index {
        modifiers: &'a [&'a str],
        signature: IndexSignature<'a>,
    },
    Static(Block<'a>),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct IndexSignature<'a> {
    pub(super) name: &'a str,
    pub(super) key: Type<'a>,
    pub(super) value: Type<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Interface<'a> {
    pub(super) name: &'a str,
    pub(super) type_params: Option<&'a List<'a, TypeParam<'a>>>,
    pub(super) extends: &'a [Type<'a>],
    pub(super) members: List<'a, TypeMember<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TypeParam<'a> {
    /// `const`, `in`, `out`.
    pub(super) modifiers: &'a [&'a str],
    pub(super) name: &'a str,
    pub(super) extends: Option<Type<'a>>,
    pub(super) default: Option<Type<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Type<'a> {
    pub(super) parens: bool,
    pub(super) kind: TypeKind<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum TypeKind<'a> {
    /// A name, qualified or not, or a keyword such as `string`.
    Name {
        name: &'a str,
        args: Option<&'a List<'a, Type<'a>>>,
    },
    Literal(&'a str),
    Template(&'a str),
    Union(&'a [Item<'a, Type<'a>>]),
    Intersection(&'a [Type<'a>]),
    Array(&'a Type<'a>),
    Tuple(&'a List<'a, TupleElement<'a>>),
    Object(&'a List<'a, TypeMember<'a>>),
    Mapped(&'a Mapped<'a>),
    Function {
        words: &'a [&'a str],
        signature: &'a Signature<'a>,
    },
    Conditional {
        check: &'a Type<'a>,
        extends: &'a Type<'a>,
        yes: &'a Type<'a>,
        no: &'a Type<'a>,
    },
    Infer {
        name: &'a str,
        extends: Option<&'a Type<'a>>,
    },
    /// `keyof`, `unique`, `readonly`.
    Operator {
        word: &'a str,
        ty: &'a Type<'a>,
    },
    Typeof {
        name: &'a str,
        args: Option<&'a List<'a, Type<'a>>>,
    },
    Indexed {
        object: &'a Type<'a>,
        index: &'a Type<'a>,
    },
    /// `x is T`, `asserts x`, `asserts x is T`.
    Predicate {
        asserts: bool,
        name: &'a str,
        ty: Option<&'a Type<'a>>,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TupleElement<'a> {
    pub(super) rest: bool,
    pub(super) name: Option<&'a str>,
    pub(super) optional: bool,
    pub(super) ty: Type<'a>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum TypeMember<'a> {
    Property {
        readonly: bool,
        key: Key<'a>,
        optional: bool,
        ty: Option<Type<'a>>,
    },
    Method(Method<'a>),
    /// A call signature, or with `new` a construct signature.
    Call {
        is_new: bool,
        signature: Signature<'a>,
    },
    Index {
        readonly: bool,
        signature: IndexSignature<'a>,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Mapped<'a> {
    pub(super) stays_open: bool,
    /// `readonly`, `+readonly`, `-readonly`.
    pub(super) readonly: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) keys: Type<'a>,
    pub(super) renamed: Option<Type<'a>>,
    /// `?`, `+?`, `-?`.
    pub(super) optional: Option<&'a str>,
    pub(super) value: Option<Type<'a>>,
}
