using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AliveMcp.Egress;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Transports;

/// <summary>Makes the connections of one probe: dial, then TLS for https, each with its time, its limit and its fault.</summary>
internal sealed class WireConnector(EgressDialer dialer, WireMeter meter, Deadline deadline, TimeProvider clock)
{
    private long _phaseBegan;
    private OpenConnection? _noted;

    /// <summary>Roots trusted beside the system's; null trusts the system's alone.</summary>
    public X509Certificate2Collection? ExtraRoots { get; init; }

    public required TimeSpan ConnectBudget { get; init; }

    /// <summary>Takes down each connection; null (nearly always) takes nothing down.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>The phase that is running; <see cref="ProbeStep.None"/> once connected.</summary>
    public ProbeStep Phase { get; private set; }

    /// <summary>Why there is no connection, with <see cref="FaultPhase"/>.</summary>
    public WireFault Fault { get; private set; }

    public ProbeStep FaultPhase { get; private set; }

    public string? FaultDetail { get; private set; }

    public ServedCertificates? Certificates { get; private set; }

    public int DeadAddresses { get; private set; }

    /// <summary>The address of the first connection; null while there is none.</summary>
    public IPAddress? Address { get; private set; }

    public bool Connected { get; private set; }

    /// <summary>Why an address that the guard allows must not be dialled after all; null (the default) objects to none.</summary>
    public Func<Approach, Objection?>? Objects { get; init; }

    /// <summary>Called once, when the first connection stands.</summary>
    public Action? OnConnected { get; set; }

    // Times of the first connection; later ones of the same probe belong to the exchange that needed them.
    public TimeSpan ResolveTook { get; private set; }

    public TimeSpan ConnectTook { get; private set; }

    public TimeSpan TlsTook { get; private set; }

    public TimeSpan SetUpTook => ResolveTook + ConnectTook + TlsTook;

    public async ValueTask<Stream> ConnectAsync(string host, int port, bool secure)
    {
        (Fault, FaultDetail) = (WireFault.None, null);
        Begin(ProbeStep.Resolve);
        _noted = Transcript?.Dial(host, port);
        dialer.Resolved = () => Begin(ProbeStep.Connect);
        Objection? objection = null;
        dialer.Admits = Objects is null
            ? null
            : address => (objection = Objects(new Approach(host, port, secure, address))) is null;
        var dial = await dialer.DialAsync(host, port, ConnectBudget, deadline.Token);
        _noted?.Dialled(dial, dialer.Found);
        if (!Connected)
        {
            (ResolveTook, ConnectTook) = (dial.Resolve, dial.Connect);
            (DeadAddresses, Address) = (dial.DeadAddresses, dial.Address);
        }

        if (dial.Fault == DialFault.NotAllowed && objection is { } found)
        {
            throw Fail(found.Fault, found.Step, found.Detail);
        }

        if (dial.Socket is null)
        {
            throw Fail(DialFaults.Wire(dial.Fault), DialFaults.Phase(dial.Fault), DialFaults.Detail(dial, port));
        }

        Stream stream = new MeteredStream(dial.Socket, meter);
        if (secure)
        {
            stream = await SecureAsync(stream, host);
        }

        Phase = ProbeStep.None;
        if (!Connected)
        {
            Connected = true;
            OnConnected?.Invoke();
        }

        return stream;
    }

    /// <summary>Closes the books on a phase that a time-out cut short.</summary>
    public void Settle()
    {
        if (Connected || Phase == ProbeStep.None)
        {
            return;
        }

        var took = clock.GetElapsedTime(_phaseBegan);
        switch (Phase)
        {
            case ProbeStep.Resolve:
                ResolveTook = took;
                break;
            case ProbeStep.Connect:
                ConnectTook = took;
                break;
            default:
                TlsTook = took;
                break;
        }
    }

    private async ValueTask<Stream> SecureAsync(Stream plain, string host)
    {
        Begin(ProbeStep.Tls);
        var tls = new SslStream(plain);
        try
        {
            await tls.AuthenticateAsClientAsync(Options(host), deadline.Token);
            _noted?.Secured(tls);
            return tls;
        }
        catch (Exception e)
        {
            await tls.DisposeAsync();
            if (e is not (AuthenticationException or IOException or SocketException or CryptographicException))
            {
                throw;
            }

            var found = Certificates is { Fault: not WireFault.None } bad ? bad : null;
            throw Fail(
                found?.Fault ?? WireFault.TlsFailed,
                ProbeStep.Tls,
                found?.Detail ?? $"the TLS handshake ended with: {e.GetBaseException().Message}"
            );
        }
        finally
        {
            _noted?.Showed(Certificates, clock.GetElapsedTime(_phaseBegan));
            if (!Connected)
            {
                TlsTook = clock.GetElapsedTime(_phaseBegan);
            }
        }
    }

    private SslClientAuthenticationOptions Options(string host) =>
        new()
        {
            TargetHost = host,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            // A resumed session would skip the very check this probe is for.
            AllowTlsResume = false,
            CertificateChainPolicy = Policy(),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                if (certificate is not X509Certificate2 leaf)
                {
                    return false;
                }

                Certificates = ServedCertificates.Read(leaf, chain, errors, clock.GetUtcNow());
                return errors == SslPolicyErrors.None && Certificates.Fault == WireFault.None;
            },
        };

    private X509ChainPolicy Policy()
    {
        // Without this the stack would dial the URLs that a stranger wrote into a certificate.
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTimeIgnored = false,
            VerificationTime = clock.GetUtcNow().UtcDateTime,
        };
        if (ExtraRoots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(ExtraRoots);
            AddSystemRoots(policy.CustomTrustStore);
        }

        return policy;
    }

    // A list of our own replaces the system's; a private authority is trusted beside it.
    private static void AddSystemRoots(X509Certificate2Collection trusted)
    {
        foreach (var place in (StoreLocation[])[StoreLocation.CurrentUser, StoreLocation.LocalMachine])
        {
            using var store = new X509Store(StoreName.Root, place, OpenFlags.ReadOnly);
            trusted.AddRange(store.Certificates);
        }
    }

    private void Begin(ProbeStep phase)
    {
        Phase = phase;
        _phaseBegan = clock.GetTimestamp();
    }

    private WireException Fail(WireFault fault, ProbeStep phase, string? detail)
    {
        (Fault, FaultPhase, FaultDetail) = (fault, phase, detail);
        Phase = ProbeStep.None;
        _noted?.Failed(fault, phase, detail);
        return new WireException(fault);
    }
}
