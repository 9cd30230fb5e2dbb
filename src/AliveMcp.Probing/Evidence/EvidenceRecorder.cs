using System.Globalization;
using System.Text;
using AliveMcp.Probing.Judging;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Evidence;

/// <summary>Keeps what proves a verdict, redacted and safe to print.</summary>
internal static class EvidenceRecorder
{
    // What is cut off anyway need not be searched for secrets.
    private const int MostCharacters = 4096;
    private const int MostHeaders = 64;
    private const int MostCertificates = 5;

    public static ProbeEvidence Record(Wire wire, Stop? stop, ReadOnlyMemory<byte> lastMessage)
    {
        var response = wire.LastResponse;
        var body = stop is null ? lastMessage.Span : stop.Excerpt;
        return new ProbeEvidence
        {
            StatusLine = response is null ? null : Clean(StatusLine(response), 200),
            HeaderNames = response is null ? [] : [.. HeaderNames(response).Take(MostHeaders)],
            Body = body.IsEmpty ? null : Clean(Encoding.UTF8.GetString(body.Length > 2048 ? body[..2048] : body), 4096),
            RpcCode = stop?.Error?.Code,
            RpcMessage = stop?.Error?.Message is { } message ? Clean(message, 300) : null,
            Certificates = [.. (wire.Connector.Certificates?.Chain ?? []).Take(MostCertificates).Select(Line)],
        };
    }

    /// <summary>A stranger's words made fit to be kept and shown.</summary>
    public static string Clean(string text, int max = 300) =>
        SafeText.Of(Redaction.Of(text.Length > MostCharacters ? text[..MostCharacters] : text), max);

    private static string StatusLine(HttpResponseMessage response) =>
        $"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}";

    private static IEnumerable<string> HeaderNames(HttpResponseMessage response)
    {
        foreach (var header in response.Headers.NonValidated)
        {
            yield return Clean(header.Key, 64);
        }

        foreach (var header in response.Content.Headers.NonValidated)
        {
            yield return Clean(header.Key, 64);
        }
    }

    private static string Line(ServedCertificate certificate) =>
        Clean(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{certificate.Subject} by {certificate.Issuer}, {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}, sha256 {certificate.Fingerprint}"
            )
        );
}
