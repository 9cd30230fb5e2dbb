using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using AliveMcp.Egress;
using AliveMcp.Probing.Transports;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Evidence;

/// <summary>A connection while it is being made.</summary>
internal sealed class OpenConnection(string host, int port, TimeSpan beganAt)
{
    private IPAddress[] _found = [];
    private IPAddress? _address;
    private int _dead;
    private (string Version, string Cipher, string? Alpn)? _tls;
    private ServedCertificates? _certificates;
    private string? _fault;

    /// <summary>Hears of its phases as they end; null: nobody does.</summary>
    public StepFeed? Feed { get; init; }

    public TimeSpan Resolve { get; private set; }

    public TimeSpan Connect { get; private set; }

    public TimeSpan Tls { get; private set; }

    public void Dialled(Dial dial, IReadOnlyList<IPAddress> found)
    {
        (_found, _address, _dead) = ([.. found], dial.Address, dial.DeadAddresses);
        (Resolve, Connect) = (dial.Resolve, dial.Connect);
        if (dial.Socket is not null)
        {
            Feed?.Phase(ProbeStep.Resolve, Resolve);
            Feed?.Phase(ProbeStep.Connect, Connect);
        }
    }

    public void Secured(SslStream stream)
    {
        var alpn = stream.NegotiatedApplicationProtocol.ToString();
        _tls = (
            Name(stream.SslProtocol),
            stream.NegotiatedCipherSuite.ToString(),
            alpn.Length == 0 ? null : EvidenceRecorder.Clean(alpn, 20)
        );
    }

    /// <summary>What was served, and how long the handshake took; also when it failed.</summary>
    public void Showed(ServedCertificates? certificates, TimeSpan took)
    {
        (_certificates, Tls) = (certificates, took);
        if (_tls is not null)
        {
            Feed?.Phase(ProbeStep.Tls, took);
        }
    }

    public void Failed(WireFault fault, ProbeStep phase, string? detail)
    {
        _fault = EvidenceRecorder.Clean(detail ?? fault.ToString());
        if (phase == ProbeStep.Connect)
        {
            Feed?.Phase(ProbeStep.Resolve, Resolve);
        }

        Feed?.Phase(
            phase,
            phase switch
            {
                ProbeStep.Resolve => Resolve,
                ProbeStep.Connect => Connect,
                _ => Tls,
            },
            SafeText.Of(_fault, 200)
        );
    }

    public Connection Read(bool showsAddresses) =>
        new()
        {
            Host = EvidenceRecorder.Clean(host, 260),
            Port = port,
            Addresses = [.. _found.Select(address => Text(address, showsAddresses))],
            V6 = _found.Count(address => address.AddressFamily == AddressFamily.InterNetworkV6),
            Address = _address is null ? null : Text(_address, showsAddresses),
            Dead = _dead,
            BeganAt = beganAt,
            Resolve = Resolve,
            Connect = Connect,
            Tls = Tls,
            TlsVersion = _tls?.Version,
            Cipher = _tls?.Cipher,
            Alpn = _tls?.Alpn,
            Certificates =
            [
                .. (_certificates?.Chain ?? [])
                    .Take(10)
                    .Select(served => new SeenCertificate(
                        EvidenceRecorder.Clean(served.Subject, 200),
                        EvidenceRecorder.Clean(served.Issuer, 200),
                        served.NotBefore,
                        served.NotAfter,
                        served.Fingerprint
                    )),
            ],
            Fault = _fault,
        };

    private static string Text(IPAddress address, bool shown) => shown ? address.ToString() : "[ip]";

    private static string Name(SslProtocols version) =>
        version switch
        {
            SslProtocols.Tls12 => "TLS 1.2",
            SslProtocols.Tls13 => "TLS 1.3",
            _ => version.ToString(),
        };
}
