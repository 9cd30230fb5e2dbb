using System.Security.Cryptography;
using System.Text.Json;

namespace AliveMcp.Contracts;

/// <summary>
/// Two hashes of a tool list (SHA-256 over RFC 8785): the contract, which changes when a caller must, and the full one, which changes with any word.
/// The order of tools, of keys and of pages never matters; numbers count by value.
/// </summary>
public static class ContractHasher
{
    /// <summary>
    /// Hashes a whole list, all pages together, from the raw JSON as it came.
    /// Takes malformed entries too: they are part of what the server says.
    /// </summary>
    /// <param name="tools">The entries.</param>
    /// <param name="known">The full hash of a list whose text the caller holds, or needs no more: of that one the text is not kept. Null keeps every text.</param>
    /// <exception cref="JsonException">An entry is nested deeper than <see cref="CanonicalJson.MaxDepth"/>.</exception>
    public static ContractDocument Hash(IReadOnlyList<JsonElement> tools, string? known = null)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var findings = new FindingList();
        var names = ToolListText.NamesOf(tools);

        using var full = new CanonicalWriter { ExactIntegers = true, OnOddity = findings.Note };
        var entries = ToolListText.WriteFull(full, tools, names, findings.Begin);

        using var contract = new PooledBuffer<byte>(full.Written.Length);
        ToolListText.WriteContract(full.Written, entries, contract);

        var hash = HashOf(full.Written);
        return new ContractDocument
        {
            ContractHash = HashOf(contract.Span),
            FullHash = hash,
            Canonical = string.Equals(hash, known, StringComparison.Ordinal) ? default : full.Written.ToArray(),
            ToolCount = tools.Count,
            Findings = findings.All,
        };
    }

    private static string HashOf(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        Span<char> word = stackalloc char[7 + 2 * SHA256.HashSizeInBytes];
        "sha256:".CopyTo(word);
        Convert.TryToHexStringLower(hash, word[7..], out _);
        return word.ToString();
    }
}
