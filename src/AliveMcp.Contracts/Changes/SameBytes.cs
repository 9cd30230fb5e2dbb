namespace AliveMcp.Contracts.Changes;

/// <summary>Equality by value: of canonical text the same bytes.</summary>
internal sealed class SameBytes : IEqualityComparer<JsonPiece>
{
    public static SameBytes Comparer { get; } = new();

    public bool Equals(JsonPiece? x, JsonPiece? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.SameBytes(y));

    public int GetHashCode(JsonPiece obj)
    {
        var hash = new HashCode();
        hash.AddBytes(obj.Raw.Span);
        return hash.ToHashCode();
    }
}
