using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AliveMcp.Probing.Transports;

/// <summary>One certificate as the server showed it.</summary>
internal sealed record ServedCertificate(
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Fingerprint,
    string Names
)
{
    public bool SelfSigned => string.Equals(Subject, Issuer, StringComparison.Ordinal);

    public static ServedCertificate Of(X509Certificate2 certificate) =>
        new(
            certificate.Subject,
            certificate.Issuer,
            new DateTimeOffset(certificate.NotBefore),
            new DateTimeOffset(certificate.NotAfter),
            certificate.GetCertHashString(HashAlgorithmName.SHA256),
            NamesOf(certificate)
        );

    /// <summary>How it stands in time, for people.</summary>
    public string Validity(DateTimeOffset now) =>
        NotAfter < now
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"'{Subject}' expired {NotAfter.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"'{Subject}' is not valid before {NotBefore.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
            );

    /// <summary>Less than a third of its lifetime minus two days is left: whatever renews it should have done so.</summary>
    public bool IsNearItsEnd(DateTimeOffset now) => NotAfter - now < (NotAfter - NotBefore) / 3 - TimeSpan.FromDays(2);

    private static string NamesOf(X509Certificate2 certificate)
    {
        var alternative = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = alternative?.EnumerateDnsNames().Take(5).ToList() ?? [];
        return names.Count == 0 ? certificate.Subject : string.Join(", ", names);
    }
}
