using AliveMcp.Alerting.Incidents;
using AliveMcp.Alerting.Reading;
using AliveMcp.Archive.Status;
using AliveMcp.Collector.Fleet;
using AliveMcp.Storage.Audit;
using AliveMcp.Tenancy.SignIn;
using AliveMcp.Tenancy.Tenants;
using AliveMcp.Testing.Storage;
using AliveMcp.Testing.Time;
using AliveMcp.Vocabulary;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AliveMcp.Alerting.Tests.Reading;

/// <summary>One alerter over real storage, driven step by step instead of by its loop.</summary>
internal sealed class Alerter : IDisposable
{
    private readonly TestStorage _storage;

    public Alerter(TestStorage storage, TestClock clock)
    {
        (_storage, Clock) = (storage, clock);
        Lease = new ReaderLease(storage.Doors);
        Messages = new MessageWriter(
            new TenantSlugs(storage.Doors),
            new RegionCities(new RegionTokens(storage.Doors), clock),
            Options.Create(new SignInOptions { PublicUrl = new Uri("https://alive.example") })
        );
        Opener = new IncidentOpener(Messages);
        var intake = new MinuteIntake(Opener, clock, NullLogger<MinuteIntake>.Instance);
        Sweep = new SilenceSweep(
            storage.Doors,
            Opener,
            new TenantStandings(storage.Doors, new AuditWriter(_ => new byte[32]), clock),
            clock,
            NullLogger<SilenceSweep>.Instance
        );
        Drain = new AlertDrain(storage.Doors, storage.Redis, Lease, intake, clock);
    }

    public TestClock Clock { get; }

    public ReaderLease Lease { get; }

    public MessageWriter Messages { get; }

    public SilenceSweep Sweep { get; }

    public IncidentOpener Opener { get; }

    public AlertDrain Drain { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<int> DrainAsync()
    {
        await Lease.BeatAsync(Cancelled);
        return await Drain.DrainAsync(null, Cancelled);
    }

    public async Task SweepAsync()
    {
        Clock.Advance(TimeSpan.FromSeconds(30));
        await Lease.BeatAsync(Cancelled);
        await Sweep.LookAsync(Drain.Memories, Cancelled);
    }

    /// <summary>Makes a server of the install's own tenant with this number.</summary>
    public async Task<ServerKey> AddAsync(int server, string? alerts = null)
    {
        await AskAsync<int>(
            """
            INSERT INTO servers.server (server_id, tenant_id, slug, public_slug, name, url, canonical_url, origin, transport, tags, visibility,
                expects, expected_tools, managed_by, created_at, alerts)
            OVERRIDING SYSTEM VALUE
            VALUES (@server, 2, 'weather-' || @server, 'weather-' || @server, 'Weather ' || @server, 'https://weather.example/mcp?key=secret',
                'https://weather.example/mcp?key=secret', 'https://weather.example', 0, '{}', 1, 0, '{}', 'api', now(), @alerts)
            """,
            new { server, alerts }
        );
        return new ServerKey(TenantId.Local, new ServerId(server));
    }

    /// <summary>Asks the database as the role that sees all tenants.</summary>
    public async Task<T?> AskAsync<T>(string sql, object? values = null)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        return await connection.ExecuteScalarAsync<T>(sql, values);
    }

    /// <summary>Incidents of a server, each with its state and what was told of it.</summary>
    public async Task<IReadOnlyList<string>> IncidentsAsync(ServerKey server)
    {
        await using var connection = await _storage.Doors.AllTenants.OpenConnectionAsync(Cancelled);
        var rows = await connection.QueryAsync<string>(
            """
            SELECT kind || ' ' || state || ' ' || coalesce((
                SELECT string_agg(type::text, ',' ORDER BY alert_id) FROM alerting.alert WHERE alert.incident_id = incident.incident_id), '')
            FROM alerting.incident WHERE server_id = @server ORDER BY incident_id
            """,
            new { server = server.Server.Value }
        );
        return rows.AsList();
    }

    public void Dispose() => Drain.Dispose();
}
