using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AliveMcp.Probing.Evidence;

/// <summary>Evidence as it travels: small, and readable by gunzip alone.</summary>
internal static class EvidencePacking
{
    /// <summary>The desk refuses more.</summary>
    public const int MostCharacters = 6 * 1024;

    // Evidence is 2 KiB of body and some names; whatever unpacks to more is not ours.
    private const int MostUnpacked = 256 * 1024;

    public static string Pack(ProbeEvidence evidence)
    {
        for (var rest = evidence; ; rest = Shorter(rest))
        {
            var packed = Convert.ToBase64String(Zip(rest));
            if (packed.Length <= MostCharacters)
            {
                return packed;
            }
        }
    }

    public static ProbeEvidence Unpack(string packed)
    {
        try
        {
            using var zip = new GZipStream(
                new MemoryStream(Convert.FromBase64String(packed)),
                CompressionMode.Decompress
            );
            var json = new byte[MostUnpacked];
            var length = zip.ReadAtLeast(json, json.Length, throwOnEndOfStream: false);
            return JsonSerializer.Deserialize(json.AsSpan(0, length), EvidenceJson.Default.ProbeEvidence)
                ?? throw new FormatException("The evidence is empty.");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new FormatException("This is not packed evidence.", e);
        }
    }

    private static byte[] Zip(ProbeEvidence evidence)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            JsonSerializer.Serialize(zip, evidence, EvidenceJson.Default.ProbeEvidence);
        }

        return bytes.ToArray();
    }

    private static ProbeEvidence Shorter(ProbeEvidence evidence) =>
        evidence.Body is { Length: > 64 } body ? evidence with { Body = body[..(body.Length / 2)] }
        : evidence.Certificates.Count > 1 ? evidence with { Certificates = [evidence.Certificates[0]] }
        : new ProbeEvidence { StatusLine = evidence.StatusLine, RpcCode = evidence.RpcCode };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault
)]
[JsonSerializable(typeof(ProbeEvidence))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
