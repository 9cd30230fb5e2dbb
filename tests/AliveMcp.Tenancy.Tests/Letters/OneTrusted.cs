using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AliveMcp.Tenancy.Tests.Letters;

/// <summary>
/// Vouches for one certificate of a test, as an authority in the machine's store would. The platform's mail client asks this one place of the
/// process; what other tests show it is judged as ever.
/// </summary>
internal sealed class OneTrusted : IDisposable
{
#pragma warning disable SYSLIB0014, MA0039 // The only place that SmtpClient asks; one certificate of a test, by its hash.
    private readonly RemoteCertificateValidationCallback? _before =
        ServicePointManager.ServerCertificateValidationCallback;

    public OneTrusted(X509Certificate2 certificate)
    {
        var trusted = certificate.GetCertHashString();
        ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, faults) =>
            faults == SslPolicyErrors.None || shown?.GetCertHashString() == trusted;
    }

    public void Dispose() => ServicePointManager.ServerCertificateValidationCallback = _before;
#pragma warning restore SYSLIB0014, MA0039
}
