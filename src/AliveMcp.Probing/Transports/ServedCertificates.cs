using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AliveMcp.Probing.Transports;

/// <summary>The certificates that a server showed and what is wrong with them.</summary>
internal sealed record ServedCertificates
{
    public required IReadOnlyList<ServedCertificate> Chain { get; init; }

    public required WireFault Fault { get; init; }

    public string? Detail { get; init; }

    /// <summary>
    /// Of those that the server's own one was verified by, itself included and the root left out, the one that ends first: what was served
    /// besides may end as it likes. Null when nothing could be read.
    /// </summary>
    public ServedCertificate? EndsFirst { get; private init; }

    /// <summary>Who signed the server's own certificate; null when it could not be read. See <see cref="IssuerText"/>.</summary>
    public string? Issuer { get; private init; }

    /// <summary>Reads what the TLS handshake found. The chain was built without any download, so a missing intermediate shows as a partial chain.</summary>
    public static ServedCertificates Read(
        X509Certificate2 leaf,
        X509Chain? chain,
        SslPolicyErrors errors,
        DateTimeOffset now
    )
    {
        try
        {
            return Decode(leaf, chain, errors, now);
        }
        catch (Exception e)
            when (e is CryptographicException or ArgumentException or FormatException or OverflowException)
        {
            // Thrown in the handshake's callback, it would pass for a fault of ours.
            return new ServedCertificates
            {
                Chain = [],
                Fault = WireFault.TlsFailed,
                Detail = $"expected a certificate that can be read, got: {e.Message}",
            };
        }
    }

    private static ServedCertificates Decode(
        X509Certificate2 leaf,
        X509Chain? chain,
        SslPolicyErrors errors,
        DateTimeOffset now
    )
    {
        var served = new List<ServedCertificate> { ServedCertificate.Of(leaf) };
        foreach (var sent in chain?.ChainPolicy.ExtraStore ?? [])
        {
            if (!sent.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span))
            {
                served.Add(ServedCertificate.Of(sent));
            }
        }

        var statuses = chain?.ChainStatus ?? [];
        var (fault, detail) = Judge(served, statuses, errors, now);
        return new ServedCertificates
        {
            Chain = served,
            Fault = fault,
            Detail = detail,
            EndsFirst = EndingFirst(served[0], chain),
            Issuer = IssuerText.Of(leaf.IssuerName),
        };
    }

    private static ServedCertificate EndingFirst(ServedCertificate leaf, X509Chain? chain) =>
        (chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            .Skip(1)
            .Select(element => ServedCertificate.Of(element.Certificate))
            .Where(certificate => !certificate.SelfSigned)
            .Prepend(leaf)
            .MinBy(certificate => certificate.NotAfter)!;

    private static (WireFault Fault, string? Detail) Judge(
        List<ServedCertificate> served,
        X509ChainStatus[] statuses,
        SslPolicyErrors errors,
        DateTimeOffset now
    )
    {
        if (errors == SslPolicyErrors.None)
        {
            return (WireFault.None, null);
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            if (Has(statuses, X509ChainStatusFlags.NotTimeValid))
            {
                return
                    served.Find(certificate => certificate.NotAfter < now || certificate.NotBefore > now)
                        is { } outOfTime
                    ? (WireFault.CertificateExpired, outOfTime.Validity(now))
                    : (WireFault.CertificateExpired, "a certificate of the chain is out of its time");
            }

            return Has(statuses, X509ChainStatusFlags.PartialChain) && served.Count == 1 && !served[0].SelfSigned
                ? (
                    WireFault.CertificateUntrusted,
                    $"chain_incomplete: the issuer '{served[0].Issuer}' was not served and is not a known root"
                )
                : (WireFault.CertificateUntrusted, Untrusted(served, statuses));
        }

        return errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? (WireFault.CertificateNameMismatch, $"the certificate is for {served[0].Names}")
            : (WireFault.TlsFailed, errors.ToString());
    }

    private static string Untrusted(List<ServedCertificate> served, X509ChainStatus[] statuses) =>
        Has(statuses, X509ChainStatusFlags.PartialChain)
            ? $"chain_incomplete: the chain ends at '{served[^1].Issuer}', which is not a known root"
            : $"{string.Join(", ", statuses.Select(status => status.Status))}: '{served[^1].Issuer}'";

    private static bool Has(X509ChainStatus[] statuses, X509ChainStatusFlags flag) =>
        Array.Exists(statuses, status => status.Status.HasFlag(flag));
}
