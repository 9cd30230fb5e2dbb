using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AliveMcp.Testing.Wire;

/// <summary>Certificates of every kind, good and bad.</summary>
public static class TestCertificates
{
    public static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    public static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static X509Certificate2 Root(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(Now - Year * 2, Now + Year * 5);
    }

    /// <summary>A certificate for a name, signed by an issuer or, without one, by itself.</summary>
    /// <param name="authority">It may sign others.</param>
    /// <param name="issuerAt">Where it says that its issuer can be fetched.</param>
    public static X509Certificate2 Leaf(
        X509Certificate2? issuer,
        string name,
        DateTimeOffset from,
        DateTimeOffset to,
        bool authority = false,
        string? issuerAt = null
    )
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        if (!authority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        if (issuerAt is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerAt]));
        }

        if (issuer is null)
        {
            return Loadable(request.CreateSelfSigned(from, to));
        }

        using var signed = request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8));
        return Loadable(signed.CopyWithPrivateKey(key));
    }

    // Kestrel wants a key that lives with the certificate.
    private static X509Certificate2 Loadable(X509Certificate2 certificate)
    {
        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }
}
