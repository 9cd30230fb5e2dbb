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
    /// <summary>Characters of the longest key that means anything in any scope.</summary>
    public const int LongestKeyword = 17;

    /// <summary>The scope of a key's value; null when the key with its value is left out.</summary>
    public static Scope? Below(Scope scope, ReadOnlySpan<char> key) =>
        scope switch
        {
            Scope.Tool => BelowTool(key),
            Scope.Schema => BelowSchema(key),
            Scope.NamedSchemas => Scope.Schema,
            _ => Scope.Verbatim,
        };

    private static Scope? BelowTool(ReadOnlySpan<char> key) =>
        key switch
        {
            "name" => Scope.Verbatim,
            "inputSchema" or "outputSchema" or "annotations" => Scope.Schema,
            _ => null,
        };

    private static Scope? BelowSchema(ReadOnlySpan<char> key) =>
        key switch
        {
            "title" or "description" or "examples" or "$comment" => null,
            "properties" or "patternProperties" or "$defs" or "definitions" or "dependentSchemas" or "dependencies" =>
                Scope.NamedSchemas,
            // Values, or names of properties: a key called "title" in them is not the keyword.
            "const" or "enum" or "default" or "dependentRequired" => Scope.Verbatim,
            _ => Scope.Schema,
        };
}
