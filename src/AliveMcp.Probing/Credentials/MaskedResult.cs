using System.Text;
using System.Text.Json;
using AliveMcp.Contracts;
using AliveMcp.Probing.Evidence;
using AliveMcp.Probing.Transports;

namespace AliveMcp.Probing.Credentials;

/// <summary>The last thing that happens to a result: whatever a server echoed of the probe's own secrets is taken out of every text in it.</summary>
internal static class MaskedResult
{
    public static ProbeResult Of(ProbeResult result, SecretMask? mask) => mask is null ? result : Masked(result, mask);

    private static ProbeResult Masked(ProbeResult result, SecretMask mask)
    {
        var contract = Of(result.Contract, mask);
        return result with
        {
            Attempt = result.Attempt with { Detail = Of(result.Attempt.Detail, mask) },
            Observed = result.Observed with
            {
                ProtocolVersion = Of(result.Observed.ProtocolVersion, mask),
                ServerName = Of(result.Observed.ServerName, mask),
                ServerVersion = Of(result.Observed.ServerVersion, mask),
                CertificateIssuer = Of(result.Observed.CertificateIssuer, mask),
                ContractHash = contract?.ContractHash,
                FullHash = contract?.FullHash,
            },
            Contract = contract,
            Auth = Of(result.Auth, mask),
            Warnings = [.. result.Warnings.Select(mask.Of)],
            Findings = [.. result.Findings.Select(finding => Of(finding, mask))],
            Evidence = Of(result.Evidence, mask),
        };
    }

    private static string? Of(string? text, SecretMask mask) => text is null ? null : mask.Of(text);

    private static ProbeFinding Of(ProbeFinding finding, SecretMask mask) =>
        finding with
        {
            Tool = Of(finding.Tool, mask),
            Detail = mask.Of(finding.Detail),
        };

    private static ProbeEvidence? Of(ProbeEvidence? evidence, SecretMask mask) =>
        evidence is null
            ? null
            : evidence with
            {
                StatusLine = Of(evidence.StatusLine, mask),
                HeaderNames = [.. evidence.HeaderNames.Select(mask.Of)],
                Body = Of(evidence.Body, mask),
                RpcMessage = Of(evidence.RpcMessage, mask),
                Certificates = [.. evidence.Certificates.Select(mask.Of)],
            };

    // A list that quotes a secret is hashed without it: the next token is another one and must not look like a new contract.
    private static ContractDocument? Of(ContractDocument? contract, SecretMask mask)
    {
        if (contract is null || !mask.MayBeIn(contract.Canonical.Span))
        {
            return contract;
        }

        var masked = mask.Of(Encoding.UTF8.GetString(contract.Canonical.Span));
        try
        {
            using var document = JsonDocument.Parse(
                masked,
                new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth }
            );
            // Who takes a word of the protocol for a password gets no contract: what is left says nothing.
            return Json.Member(document.RootElement, "tools", JsonValueKind.Array) is { } tools
                ? ContractHasher.Hash([.. tools.EnumerateArray()])
                : null;
        }
        catch (JsonException)
        {
            // The secret reaches over the edges of the JSON itself: nothing of such a list can be kept.
            return null;
        }
    }
}
