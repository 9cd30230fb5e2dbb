using System.Net;
using System.Net.Http.Headers;
using AliveMcp.Probing.Evidence;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Transports;

/// <summary>
/// One probe's way to one server. Its handler is its own, so that every probe resolves, connects and shakes hands anew and sees those fail;
/// all requests of the probe share the connection. No cookies, no proxy, no redirects by itself, no ambient tracing.
/// </summary>
internal sealed class Wire : IDisposable
{
    private const string NoSuchHost = "expected a host name that can be asked for, got one that cannot exist";

    private readonly HttpMessageInvoker _invoker;
    private readonly string _userAgent;
    private readonly string _traceParent;
    private TimeSpan _setUpTaken;

    public Wire(ProbeLimits limits, WireConnector connector, Deadline deadline, WireMeter meter, WireIdentity identity)
    {
        (Limits, Connector, Deadline, Meter) = (limits, connector, deadline, meter);
        (Clock, _userAgent, _traceParent) = (identity.Clock, identity.UserAgent, identity.TraceParent);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            // The unit of this setting is KiB. What is left unread is not worth draining: the connection ends with the probe.
            MaxResponseHeadersLength = Math.Max(1, limits.HeaderBytes / 1024),
            MaxResponseDrainSize = 0,
            // An infinite idle time-out spares each handler a timer of its own.
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = (context, _) =>
                connector.ConnectAsync(
                    context.DnsEndPoint.Host,
                    context.DnsEndPoint.Port,
                    context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps
                ),
        };
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    public ProbeLimits Limits { get; }

    public TimeProvider Clock { get; }

    public WireConnector Connector { get; }

    public Deadline Deadline { get; }

    public WireMeter Meter { get; }

    /// <summary>Takes down what goes over the wire; null (nearly always) takes nothing down.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>Requests that went out.</summary>
    public int Requests { get; private set; }

    /// <summary>From the first request's last byte sent to its answer's headers; zero while there was none.</summary>
    public TimeSpan FirstByte { get; private set; }

    /// <summary>The newest answer's head, for the evidence.</summary>
    public HttpResponseMessage? LastResponse { get; set; }

    public long Now() => Clock.GetTimestamp();

    /// <summary>What an exchange took by itself: without setting up the first connection, which has phases of its own.</summary>
    public TimeSpan Took(long began)
    {
        var setUp = Connector.SetUpTook - _setUpTaken;
        _setUpTaken += setUp;
        var took = Clock.GetElapsedTime(began) - setUp;
        return Connector.Connected && took > TimeSpan.Zero ? took : TimeSpan.Zero;
    }

    /// <summary>Sends one request and waits for the head of its answer.</summary>
    public async ValueTask<Reply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Stamp(request);
        var noted = Transcript?.Send(request);
        if (HostName.Of(request.RequestUri!) is null)
        {
            noted?.Failed(WireFault.NameNotFound, NoSuchHost);
            return new Reply(null, WireFault.NameNotFound, NoSuchHost);
        }

        try
        {
            var response = await _invoker.SendAsync(request, cancellationToken);
            Requests++;
            if (FirstByte == TimeSpan.Zero)
            {
                FirstByte = Clock.GetElapsedTime(Meter.LastSent);
            }

            LastResponse = response;
            noted?.Answered(response, Meter.LastSent);
            return new Reply(response, WireFault.None, null);
        }
        catch (Exception e) when (WireFaults.TryRead(e, out var fault, out var detail))
        {
            noted?.Failed(fault, Connector.FaultDetail ?? detail);
            Deadline.ThrowIfCalledOff();
            // Without a connection nothing was sent.
            Requests += Connector.Fault == WireFault.None && Connector.Phase == ProbeStep.None ? 1 : 0;
            return fault == WireFault.Timeout ? TimedOut() : new Reply(null, fault, Connector.FaultDetail ?? detail);
        }
    }

    /// <summary>The step that a fault struck in: the connection's phase if it was not up, else the step that asked.</summary>
    public ProbeStep StepOf(ProbeStep asked) =>
        Connector.Fault != WireFault.None ? Connector.FaultPhase
        : Connector.Phase != ProbeStep.None ? Connector.Phase
        : asked;

    /// <summary>Gives what follows a budget of its own, which does not pay for connecting.</summary>
    public void NarrowOnceConnected(TimeSpan budget)
    {
        if (Connector.Connected)
        {
            Deadline.Narrow(budget);
        }
        else
        {
            Connector.OnConnected = () => Deadline.Narrow(budget);
        }
    }

    /// <summary>Back to the budget of the whole probe.</summary>
    public void Widen()
    {
        Connector.OnConnected = null;
        Deadline.Widen();
    }

    public void Dispose() => _invoker.Dispose();

    private Reply TimedOut()
    {
        Connector.Settle();
        return new Reply(null, WireFault.Timeout, null);
    }

    private void Stamp(HttpRequestMessage request)
    {
        // Over TLS the server chooses: a server that takes HTTP/2 alone answers 403 to 1.1.
        request.Version =
            request.RequestUri!.Scheme == Uri.UriSchemeHttps ? HttpVersion.Version20 : HttpVersion.Version11;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        HttpRequestHeaders headers = request.Headers;
        headers.TryAddWithoutValidation("User-Agent", _userAgent);
        headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        headers.TryAddWithoutValidation("traceparent", _traceParent);
    }
}
