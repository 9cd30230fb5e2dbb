namespace AliveMcp.Contracts.Screening;

/// <summary>What a tool list costs every model that reads it.</summary>
/// <param name="Bytes">Length of the text in UTF-8.</param>
/// <param name="EstimatedTokens">Estimated by a fixed rule, see <see cref="Of"/>.</param>
public sealed record ListWeight(int Bytes, int EstimatedTokens)
{
    /// <summary>Weighs a text, canonical or as received.</summary>
    public static ListWeight Of(ReadOnlySpan<byte> utf8) => new(utf8.Length, (utf8.Length + 3) / 4);
}
