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
    private long _began;

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
    }

    internal TimeSpan Now => _clock!.GetElapsedTime(_began);

    internal TimeSpan At(long timestamp) => _clock!.GetElapsedTime(_began, timestamp);

    internal OpenConnection Dial(string host, int port)
    {
        var connection = new OpenConnection(host, port, Now);
        _connections.Add(connection);
        return connection;
    }

    internal OpenExchange Send(HttpRequestMessage request)
    {
        _secrets.Learn(request);
        var exchange = new OpenExchange(this, request, _order!, SetUp());
        _exchanges.Add(exchange);
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
