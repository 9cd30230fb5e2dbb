using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>
/// Hashes tool lists, and recognises one that came before, byte by byte, by its SHA-256: it is neither checked nor put into canonical form
/// again. Next to every list is the one of a minute ago. Thread-safe.
/// </summary>
/// <param name="most">How many lists are remembered, some 600 bytes each; when it would be more, all are forgotten.</param>
public sealed class KnownLists(int most = 20_000)
{
    /// <summary>Faults and findings of a list that is remembered: with more it would be many times as large as the others.</summary>
    private const int MostNotes = 20;

    private readonly ConcurrentDictionary<string, Known> _byFullHash = new(StringComparer.Ordinal);

    /// <summary>As <see cref="ContractHasher.Hash"/> and <see cref="ToolListCheck.Check"/> say.</summary>
    /// <param name="tools">The whole list, all pages together, from the raw JSON as it came.</param>
    /// <param name="known">The full hash of the list that is expected; null, or another list, is always looked at as if new.</param>
    /// <exception cref="JsonException">An entry is nested deeper than <see cref="CanonicalJson.MaxDepth"/>.</exception>
    public CheckedList Look(IReadOnlyList<JsonElement> tools, string? known)
    {
        ArgumentNullException.ThrowIfNull(tools);
        if (known is null)
        {
            return Fresh(tools, known);
        }

        var bytes = HashOf(tools);
        if (_byFullHash.TryGetValue(known, out var before) && before.Bytes == bytes)
        {
            return before.List;
        }

        var list = Fresh(tools, known);
        if (
            string.Equals(list.Document.FullHash, known, StringComparison.Ordinal)
            && list.Faults.Count + list.Document.Findings.Count <= MostNotes
        )
        {
            Keep(known, new Known(bytes, list));
        }

        return list;
    }

    private static CheckedList Fresh(IReadOnlyList<JsonElement> tools, string? known) =>
        new(ContractHasher.Hash(tools, known), ToolListCheck.Check(tools));

    private void Keep(string known, Known list)
    {
        if (_byFullHash.Count >= most)
        {
            _byFullHash.Clear();
        }

        _byFullHash[known] = list;
    }

    // Values between commas: no other list has the same text.
    private static UInt256 HashOf(IReadOnlyList<JsonElement> tools)
    {
        using var text = new PooledBuffer<byte>(16 * 1024);
        foreach (var tool in tools)
        {
            text.Append(JsonMarshal.GetRawUtf8Value(tool));
            text.Append(","u8);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.Span, hash);
        return MemoryMarshal.Read<UInt256>(hash);
    }

    private sealed record Known(UInt256 Bytes, CheckedList List);

    private readonly record struct UInt256(UInt128 High, UInt128 Low);
}
