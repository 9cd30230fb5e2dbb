namespace AliveMcp.Contracts;

/// <summary>What the keys of the object at hand mean, which decides what belongs to the contract hash.</summary>
internal enum Scope
{
    /// <summary>Plain data: every key stays.</summary>
    Verbatim,

    /// <summary>One entry of the tool list: only what calls depend on stays.</summary>
    Tool,

    /// <summary>A schema, or annotations: the keywords that are text for readers go.</summary>
    Schema,

    /// <summary>Names of properties or definitions, each with a schema: every name stays, even one called <c>title</c>.</summary>
    NamedSchemas,
}

/// <summary>Which keys stay in a scope and which scope their values have.</summary>
internal static class Scopes
{
    /// <summary>The scope of a key's value; null when the key with its value is left out.</summary>
    /// <param name="key">The inside of the key as canonical JSON spells it.</param>
    public static Scope? Below(Scope scope, ReadOnlySpan<byte> key) =>
        scope switch
        {
            Scope.Tool => BelowTool(key),
            Scope.Schema => BelowSchema(key),
            Scope.NamedSchemas => Scope.Schema,
            _ => Scope.Verbatim,
        };

    private static Scope? BelowTool(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("name"u8) ? Scope.Verbatim
        : key.SequenceEqual("inputSchema"u8)
        || key.SequenceEqual("outputSchema"u8)
        || key.SequenceEqual("annotations"u8)
            ? Scope.Schema
        : null;

    // By length first: this is asked for every key of every list.
    private static Scope? BelowSchema(ReadOnlySpan<byte> key) =>
        key.Length switch
        {
            4 when key.SequenceEqual("enum"u8) => Scope.Verbatim,
            5 when key.SequenceEqual("title"u8) => null,
            5 when key.SequenceEqual("$defs"u8) => Scope.NamedSchemas,
            5 when key.SequenceEqual("const"u8) => Scope.Verbatim,
            7 when key.SequenceEqual("default"u8) => Scope.Verbatim,
            8 when key.SequenceEqual("examples"u8) || key.SequenceEqual("$comment"u8) => null,
            10 when key.SequenceEqual("properties"u8) => Scope.NamedSchemas,
            11 when key.SequenceEqual("description"u8) => null,
            11 when key.SequenceEqual("definitions"u8) => Scope.NamedSchemas,
            12 when key.SequenceEqual("dependencies"u8) => Scope.NamedSchemas,
            16 when key.SequenceEqual("dependentSchemas"u8) => Scope.NamedSchemas,
            17 when key.SequenceEqual("patternProperties"u8) => Scope.NamedSchemas,
            // Values, or names of properties: a key called "title" in them is not the keyword.
            17 when key.SequenceEqual("dependentRequired"u8) => Scope.Verbatim,
            _ => Scope.Schema,
        };
}
