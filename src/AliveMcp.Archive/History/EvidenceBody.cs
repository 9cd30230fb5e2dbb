using System.IO.Compression;
using System.Text.Json;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.History;

/// <summary>What a failed try saw, read again as a stranger's data: only the parts that we know, each made safe to print and cut.</summary>
internal sealed record EvidenceBody(
    string? StatusLine,
    IReadOnlyList<string> HeaderNames,
    string? Body,
    int? RpcCode,
    string? RpcMessage,
    IReadOnlyList<string> Certificates
)
{
    /// <summary>A prober packs 2 KiB of body and some names; whatever unpacks to more is not ours.</summary>
    private const int MostUnpacked = 256 * 1024;

    private const int LineLength = 300;
    private const int BodyLength = 8 * 1024;
    private const int MostLines = 100;
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>Null when the bytes are not what a prober packs.</summary>
    public static EvidenceBody? Unpack(ReadOnlyMemory<byte> packed)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
            var json = new byte[MostUnpacked + 1];
            var length = zip.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
            if (length > MostUnpacked)
            {
                return null;
            }

            using var document = JsonDocument.Parse(json.AsMemory(0, length), Shallow);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException)
        {
            return null;
        }
    }

    private static EvidenceBody Read(JsonElement evidence) =>
        new(
            Text(evidence, "status_line", LineLength),
            Lines(evidence, "header_names"),
            Text(evidence, "body", BodyLength),
            evidence.TryGetProperty("rpc_code", out var code) && code.TryGetInt32(out var number) ? number : null,
            Text(evidence, "rpc_message", LineLength),
            Lines(evidence, "certificates")
        );

    private static string? Text(JsonElement evidence, string name, int most) =>
        evidence.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? SafeText.Of(value.GetString(), most)
            : null;

    private static IReadOnlyList<string> Lines(JsonElement evidence, string name) =>
        evidence.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ?
            [
                .. value
                    .EnumerateArray()
                    .Where(line => line.ValueKind == JsonValueKind.String)
                    .Take(MostLines)
                    .Select(line => SafeText.Of(line.GetString(), LineLength)),
            ]
            : [];
}
