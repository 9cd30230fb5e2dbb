using System.Text.Json;
using AliveMcp.Drills.Install;
using AliveMcp.Vocabulary;
using Dapper;
using Npgsql;

namespace AliveMcp.Drills.Archive;

/// <summary>
/// Redis is emptied while sealed minutes wait in it: those are unknown for ever, by arithmetic, and everything archived stays. The public
/// answer says since when nothing is verified, and is live again with the next minute.
/// </summary>
internal static class RedisFlushedDrill
{
    private const int Servers = 100;

    /// <summary>Minutes that are archived, then minutes that wait when Redis is lost.</summary>
    private const int Kept = 20;
    private const int Lost = 3;

    /// <summary>The newest archived minute is so old that no page shows its state any more.</summary>
    private const int Age = 15;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(TextWriter output)
    {
        await using var install = await DrillInstall.CreateAsync();
        var ledger = new SealedLedger(install.Storage);
        var now = MinuteStamp.Of(TimeProvider.System.GetUtcNow());
        var first = now + -(Age + Kept);
        await WatchAsync(install, first);
        var (archiver, url) = await install.StartHostAsync("web,archiver");
        await SealAsync(ledger, first, Kept);
        await ledger.ArriveAsync(Patience);

        using (new Frozen(archiver.Id))
        {
            await SealAsync(ledger, first + Kept, Lost);
            await install.Storage.Redis.Database.ExecuteAsync("FLUSHALL");
        }

        for (var place = 0; place < Lost; place++)
        {
            ledger.Forget(first + (Kept + place));
        }

        var (state, notVerified) = await SayAsync(url, "unknown");
        await ledger.SealAsync(Servers, MinuteStamp.Of(TimeProvider.System.GetUtcNow()));
        await ledger.ArriveAsync(Patience);
        var (again, _) = await SayAsync(url, "live");

        var account = await ledger.AccountAsync();
        var unknown = await UnknownAsync(install, first, first + (Kept + Lost - 1));
        var told = CountOf(archiver.Output, "Redis was lost or emptied");
        output.WriteLine($"Redis emptied with {Servers * Lost} minutes waiting: {account}");
        output.WriteLine(
            $"{unknown} minutes unknown by arithmetic; the public answer: {state}{(notVerified ? ", not verified since" : "")}; then {again}; the operator told {told} times"
        );
        var met = account.IsWhole && unknown == Servers * Lost && told == 1 && notVerified;
        output.WriteLine(
            $"redis-flushed {account.Missing} archived lost, {unknown} unknown; goal 0, {Servers * Lost} {(met ? "ok" : "short")}"
        );
        return 0;
    }

    private static async Task SealAsync(SealedLedger ledger, MinuteStamp first, int minutes)
    {
        for (var place = 0; place < minutes; place++)
        {
            await ledger.SealAsync(Servers, first + place);
        }
    }

    /// <summary>Registered as the catalogue would, public, and told to the archive through the outbox.</summary>
    private static async Task WatchAsync(DrillInstall install, MinuteStamp from)
    {
        const string sql = """
            INSERT INTO servers.server (server_id, tenant_id, slug, public_slug, name, url, canonical_url, origin, visibility,
                weight, quorum, managed_by, created_at)
            OVERRIDING SYSTEM VALUE
            SELECT id, 2, 's-' || id, 's-' || id, 'Server ' || id, url, url, 'https://mcp.example.test', 1, 1, 1, 'drill', now()
            FROM generate_series(1, @Servers) AS id, LATERAL (SELECT 'https://mcp.example.test/' || id AS url) AS at;
            INSERT INTO servers.public_listing (server_id, tenant_id, public_slug, name, display_url, tags, paused)
            SELECT server_id, tenant_id, public_slug, name, url, '{}', false FROM servers.server WHERE managed_by = 'drill';
            INSERT INTO storage.outbox (tenant_id, topic, reader, record)
            SELECT 2, 'server.watch', 'archive', jsonb_build_object('server_id', id, 'from_minute', @from, 'weight', 1)
            FROM generate_series(1, @Servers) AS id;
            """;
        await using var connection = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        await connection.ExecuteAsync(sql, new { Servers, from = from.Value });
    }

    /// <summary>What the public JSON of one server says once it says this state, and whether its page says not verified.</summary>
    private static async Task<(string State, bool NotVerified)> SayAsync(Uri host, string state)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = host };
        await Waiting.ForAsync(
            async () =>
            {
                using var answer = await client.GetAsync(new Uri("/api/embed-status/s-7", UriKind.Relative));
                using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                return json.RootElement.TryGetProperty("state", out var said) && said.GetString() == state;
            },
            Patience,
            $"the public answer to say {state}"
        );
        var page = await client.GetStringAsync(new Uri("/status/s-7", UriKind.Relative));
        return (state, page.Contains("Not verified since", StringComparison.Ordinal));
    }

    /// <summary>Expected minus present.</summary>
    private static async Task<int> UnknownAsync(DrillInstall install, MinuteStamp first, MinuteStamp last)
    {
        const string sql = """
            SELECT (sum((least(coalesce(to_minute, @last + 1), @last + 1) - greatest(from_minute, @first)) / weight)
                - (SELECT count(*) FROM archive.verdict_minute WHERE minute BETWEEN @first AND @last))::int
            FROM archive.watch_period
            """;
        await using var connection = new NpgsqlConnection(install.Storage.Options.Bootstrap.ConnectionString);
        return await connection.ExecuteScalarAsync<int>(sql, new { first = first.Value, last = last.Value });
    }

    private static int CountOf(string text, string words) => text.Split(words).Length - 1;
}
