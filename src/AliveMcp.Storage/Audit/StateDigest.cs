namespace AliveMcp.Storage.Audit;

/// <summary>SHA-256 of the canonical form (RFC 8785) of a JSON text. Handed in by the room that owns the trail: this one knows no JSON but its rows'.</summary>
/// <param name="utf8Json">One JSON value.</param>
public delegate byte[] StateDigest(ReadOnlyMemory<byte> utf8Json);
