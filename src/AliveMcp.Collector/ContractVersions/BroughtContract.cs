using System.IO.Compression;
using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>A contract as a prober brought it, unpacked within bounds and hashed anew.</summary>
internal sealed record BroughtContract(ContractDocument Document, IReadOnlyList<string> Names)
{
    private const int UnpackedBytes = 32 * 1024 * 1024;
    private const int NameLength = 128;

    /// <returns>Null when it is not gzip of the canonical text that the hash is of.</returns>
    public static BroughtContract? Read(byte[] gzip, string fullHash)
    {
        try
        {
            using var text = JsonDocument.Parse(
                Unpack(gzip),
                new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth }
            );
            if (!JsonMembers.TryFind(text.RootElement, "tools", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            var tools = list.EnumerateArray().ToList();
            var document = ContractHasher.Hash(tools);
            return document.FullHash == fullHash ? new BroughtContract(document, [.. tools.Select(NameOf)]) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>A kept text; null when it cannot be unpacked.</summary>
    public static ReadOnlyMemory<byte>? Unpacked(byte[] gzip)
    {
        try
        {
            return Unpack(gzip);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string NameOf(JsonElement tool) =>
        JsonMembers.TryFind(tool, "name", out var name) && name.ValueKind == JsonValueKind.String
            ? SafeText.Of(Text(name), NameLength)
            : "";

    /// <summary>A lone surrogate has no string: its raw text stands for it.</summary>
    private static string Text(JsonElement name)
    {
        try
        {
            return name.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return name.GetRawText();
        }
    }

    private static ReadOnlyMemory<byte> Unpack(byte[] gzip)
    {
        using var packed = new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[81_920];
        while (packed.Read(buffer) is var read and > 0)
        {
            if (unpacked.Length + read > UnpackedBytes)
            {
                throw new InvalidDataException("More text than any tool list within our limits.");
            }

            unpacked.Write(buffer, 0, read);
        }

        return unpacked.GetBuffer().AsMemory(0, (int)unpacked.Length);
    }
}
