using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Probing.Evidence;

/// <summary>
/// Everything that one probe sent and got, in order, for who asks for it by handing one to <see cref="ServerProbe"/>. Good for one probe.
/// What is read from it is safe to print: credentials, sessions and cookies are redacted wherever they stand, acting characters are escaped.
/// </summary>
public sealed class Transcript
{
    /// <summary>Most of one body that is kept, in bytes.</summary>
    public const int MostBodyBytes = 64 * 1024;

    /// <summary>Stands where a credential stood.</summary>
    public const string Redacted = "[redacted]";

    private readonly List<OpenConnection> _connections = [];
    private readonly List<OpenExchange> _exchanges = [];
    private TimeProvider? _clock;
    private ProbeOrder? _order;
    private SecretBook _secrets = new(null);
    private StepFeed? _feed;
    private long _began;

    /// <summary>Is told each step as it ends, on whichever thread it ends; null (the default) tells nobody.</summary>
    public Action<LookStep>? Heard { get; init; }

    /// <summary>Whether IP addresses are shown. For the owner's own terminal; what leaves the machine has none. Default false.</summary>
    public bool ShowsAddresses { get; init; }

    /// <summary>The connections that were made or tried, in their order.</summary>
    public IReadOnlyList<Connection> Connections => [.. _connections.Select(open => open.Read(ShowsAddresses))];

    /// <summary>The requests with what came back, in their order.</summary>
    public IReadOnlyList<Exchange> Exchanges => [.. _exchanges.Select((open, at) => open.Read(at + 1, _secrets))];

    internal void Begin(ProbeOrder order, TimeProvider clock)
    {
        if (_clock is not null)
        {
            throw new InvalidOperationException("A transcript is good for one probe.");
        }

        (_order, _clock, _began) = (order, clock, clock.GetTimestamp());
        _secrets = new SecretBook(order.Credential) { HidesAddresses = !ShowsAddresses };
        _feed = Heard is null ? null : new StepFeed(Heard);
    }

    /// <summary>The probe is over.</summary>
    internal void End() => _feed?.End(_secrets);

    internal TimeSpan Now => _clock!.GetElapsedTime(_began);

    internal TimeSpan At(long timestamp) => _clock!.GetElapsedTime(_began, timestamp);

    internal OpenConnection Dial(string host, int port)
    {
        // Later connections belong to the exchange that needed them.
        var connection = new OpenConnection(host, port, Now) { Feed = _connections.Count == 0 ? _feed : null };
        _connections.Add(connection);
        return connection;
    }

    internal OpenExchange Send(HttpRequestMessage request)
    {
        _secrets.Learn(request);
        var exchange = new OpenExchange(this, request, _order!, SetUp());
        _exchanges.Add(exchange);
        _feed?.Begins(exchange, _secrets);
        return exchange;
    }

    /// <summary>The exchange that an answer belongs to.</summary>
    internal OpenExchange? Of(HttpResponseMessage response) =>
        _exchanges.FindLast(exchange => ReferenceEquals(exchange.Response, response));

    /// <summary>What all connections so far took to set up.</summary>
    internal TimeSpan SetUp() =>
        _connections.Aggregate(
            TimeSpan.Zero,
            (sum, connection) => sum + connection.Resolve + connection.Connect + connection.Tls
        );
}
