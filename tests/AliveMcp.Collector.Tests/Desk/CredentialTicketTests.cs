using System.Globalization;
using System.Text;
using System.Text.Json;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Credentials;
using AliveMcp.Storage.Postgres;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace AliveMcp.Collector.Tests.Desk;

/// <summary>What a probe shows at the door: put in by the owner, opened at the desk for a ticket of that server, and found nowhere else.</summary>
public sealed class CredentialTicketTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    private const string Secret = "planted-9f2c/Zw+secret";

    [Fact]
    public async Task A_ticket_carries_the_credential_of_its_own_server_and_of_no_other()
    {
        var (mine, theirs, bare) = (await WatchAsync(Secret), await WatchAsync("other"), await house.WatchAsync());
        foreach (var server in (ServerKey[])[mine, theirs, bare])
        {
            await house.OpenAsync(server, Lane.Isolated, Sample.East);
        }

        var tickets = (await DeskHouse.LeaseAsync(house.East, Lane.Isolated)).ToDictionary(ticket => ticket.Server);

        Assert.Equal(Secret, tickets[mine].Order.Credential!.Secret);
        Assert.Equal("other", tickets[theirs].Order.Credential!.Secret);
        Assert.Null(tickets[bare].Order.Credential);
        Assert.NotEqual(tickets[mine].Order.Credential!.Identity, tickets[theirs].Order.Credential!.Identity);
    }

    [Fact]
    public async Task A_ticket_that_waits_in_the_shared_lane_is_never_handed_out_with_or_without_it()
    {
        var server = await WatchAsync(Secret);
        await house.OpenAsync(server, Lane.Shared, Sample.East);

        Assert.Empty(await DeskHouse.LeaseAsync(house.East));
    }

    [Fact]
    public async Task A_server_with_a_credential_is_planned_apart_and_looked_at_for_itself_alone()
    {
        var server = await WatchAsync(Secret);

        var watched = await house.Get<WatchList>().FindAsync(server, CancellationToken.None);

        Assert.Equal(Lane.Isolated, watched!.Lane);
        Assert.Null(watched.ProbeKey);
    }

    [Fact]
    public async Task Another_one_is_shown_from_the_next_ticket_on_and_none_once_it_is_taken_out()
    {
        var server = await WatchAsync("first");
        await SetAsync(server, """{"kind": "header", "header_name": "X-Key", "secret": "second"}""");
        await house.OpenAsync(server, Lane.Isolated, Sample.East);
        var shown = (await DeskHouse.LeaseAsync(house.East, Lane.Isolated)).Single(one => one.Server == server);

        var gone = await AsAsync(server, credentials => credentials.RemoveAsync(Slug(server), default));

        Assert.Equal(("X-Key", "second"), (shown.Order.Credential!.HeaderName, shown.Order.Credential.Secret));
        Assert.True(gone.TryGet(out var standing));
        Assert.False(standing.Set);
        Assert.Null(standing.Kind);
        Assert.Empty(
            await house.RowsAsync<int>(
                "SELECT 1 FROM tenancy.secret WHERE server_id = @id",
                new { id = server.Server.Value }
            )
        );
    }

    [Fact]
    public async Task A_secret_whose_bytes_were_changed_keeps_the_ticket_back()
    {
        var server = await WatchAsync(Secret);
        await AsSuperuserAsync(
            $"UPDATE tenancy.secret SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) WHERE server_id = {server.Server}"
        );
        await house.OpenAsync(server, Lane.Isolated, Sample.East);

        Assert.DoesNotContain(await DeskHouse.LeaseAsync(house.East, Lane.Isolated), ticket => ticket.Server == server);
    }

    [Fact]
    public async Task All_that_is_told_of_it_is_that_it_is_there_its_kind_since_when_and_until_when()
    {
        var server = await WatchAsync(Secret);

        var standing = await AsAsync(server, credentials => credentials.DescribeAsync(Slug(server), default));

        Assert.Equal((true, "bearer"), (standing!.Set, standing.Kind));
        Assert.NotNull(standing.ChangedAt);
        Assert.Equal(
            ["Set", "Kind", "ChangedAt", "Ends"],
            typeof(CredentialStanding)
                .GetProperties()
                .Where(one => one.Name != "EqualityContract")
                .Select(one => one.Name)
        );
    }

    [Theory]
    [InlineData("2030-01-10T00:00:00Z", "2030-01-10T00:00:00Z", "2030-01-07T00:00:00Z")]
    [InlineData("2031-01-01T00:00:00Z", "2030-03-17T17:46:40Z", "2030-03-14T17:46:40Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public async Task Its_end_is_what_the_owner_or_the_token_says_first_and_goes_with_it(
        string told,
        string ends,
        string warns
    )
    {
        // {"exp":1900000000}, which is 2030-03-17T17:46:40Z
        var server = await WatchAsync("eyJhbGciOiJub25lIn0.eyJleHAiOjE5MDAwMDAwMDB9.c2ln");
        var set = await SetAsync(
            server,
            $$"""{"kind": "bearer", "secret": "eyJhbGciOiJub25lIn0.eyJleHAiOjE5MDAwMDAwMDB9.c2ln", "ends": "{{told}}"}"""
        );

        Assert.True(set.TryGet(out var standing));
        Assert.Equal(DateTimeOffset.Parse(ends, CultureInfo.InvariantCulture), standing.Ends);
        Assert.Equal(DateTimeOffset.Parse(warns, CultureInfo.InvariantCulture).UtcDateTime, await WarnsAsync(server));

        await AsAsync(server, credentials => credentials.RemoveAsync(Slug(server), default));
        Assert.Null((await AsAsync(server, credentials => credentials.DescribeAsync(Slug(server), default)))!.Ends);
        Assert.Null(await WarnsAsync(server));
    }

    private async Task<DateTime?> WarnsAsync(ServerKey server) =>
        (
            await house.RowsAsync<DateTime?>(
                "SELECT credential_warns_at FROM servers.server WHERE server_id = @id",
                new { id = server.Server.Value }
            )
        ).Single();

    [Theory]
    [InlineData("""{"kind": "bearer", "secret": "two words-planted"}""", "credential_invalid")]
    [InlineData("""{"kind": "bearer"}""", "credential_invalid")]
    [InlineData("""{"kind": "planted", "secret": "x"}""", "kind_invalid")]
    [InlineData("""{"kind": "header", "header_name": "Host", "secret": "planted"}""", "credential_invalid")]
    [InlineData("""{"kind": "bearer", "secret": "planted", "user": "planted"}""", "field_unused")]
    [InlineData("""{"kind": "bearer", "secret": 7}""", "type_invalid")]
    [InlineData("""{"kind": "bearer", "secret": "x", "ends": "planted"}""", "time_invalid")]
    [InlineData("""[]""", "credential_invalid")]
    public async Task What_cannot_be_shown_is_refused_without_repeating_it(string body, string code)
    {
        var server = await house.WatchAsync();

        var refused = await SetAsync(server, body);

        Assert.Contains(refused.Problems, problem => problem.Code == code);
        Assert.DoesNotContain(
            refused.Problems,
            problem => problem.Message.Contains("planted", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Another_tenant_s_server_is_not_found()
    {
        var server = await WatchAsync(Secret);
        await using var scope = house.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Act(new TenantId(77));
        var credentials = scope.ServiceProvider.GetRequiredService<ServerCredentials>();

        Assert.Null(await credentials.DescribeAsync(Slug(server), default));
        Assert.Contains(
            (await credentials.RemoveAsync(Slug(server), default)).Problems,
            problem => problem.Code == "server_not_found"
        );
    }

    [Fact]
    public async Task A_planted_secret_is_in_no_table_and_no_key_of_redis_in_any_spelling()
    {
        var server = await WatchAsync(Secret);
        await house.OpenAsync(server, Lane.Isolated, Sample.East);
        var ticket = (await DeskHouse.LeaseAsync(house.East, Lane.Isolated)).Single(one => one.Server == server);
        await DeskHouse.ReportAsync(
            house.East,
            DeskHouse.Report(
                ticket,
                Sample.Attempt(ServerState.Down, Why.ConnectionRefused) with
                {
                    Detail = "refused",
                }
            )
        );

        var bytes = Encoding.UTF8.GetBytes(Secret);
        string[] spellings =
        [
            Secret,
            Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToHexStringLower(bytes),
            Uri.EscapeDataString(Secret),
            JsonEncodedText.Encode(Secret).ToString(),
        ];
        var texts = await TextsAsync();
        Assert.Contains(texts, text => text.Contains("credential.set", StringComparison.Ordinal));
        foreach (var spelling in spellings)
        {
            Assert.DoesNotContain(texts, text => text.Contains(spelling, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Every row of every table and every key of Redis.</summary>
    private async Task<IReadOnlyList<string>> TextsAsync()
    {
        await using var owner = new NpgsqlConnection(house.Storage.Options.Bootstrap.ConnectionString);
        var tables = await owner.QueryAsync<string>(
            """
            SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            """
        );
        var texts = new List<string>();
        foreach (var table in tables)
        {
            texts.AddRange(
                await owner.QueryAsync<string>($"SELECT row_to_json(whole_row)::text FROM {table} AS whole_row")
            );
        }

        var redis = house.Storage.Redis.Database;
        foreach (var key in redis.Multiplexer.GetServer(redis.Multiplexer.GetEndPoints()[0]).Keys())
        {
            texts.Add(key.ToString());
            texts.AddRange(
                await redis.KeyTypeAsync(key) switch
                {
                    RedisType.Hash => (await redis.HashGetAllAsync(key)).Select(field => $"{field.Name} {field.Value}"),
                    RedisType.SortedSet => (await redis.SortedSetRangeByRankAsync(key)).Select(member => $"{member}"),
                    RedisType.String => [$"{await redis.StringGetAsync(key)}"],
                    RedisType.Set => (await redis.SetMembersAsync(key)).Select(member => $"{member}"),
                    RedisType.List => (await redis.ListRangeAsync(key)).Select(member => $"{member}"),
                    _ => [],
                }
            );
        }

        return texts;
    }

    private async Task<ServerKey> WatchAsync(string secret)
    {
        var server = await house.WatchAsync();
        var set = await SetAsync(server, JsonSerializer.Serialize(new { kind = "bearer", secret }));
        Assert.True(set.TryGet(out var standing));
        Assert.True(standing.Set);
        return server;
    }

    private Task<Result<CredentialStanding>> SetAsync(ServerKey server, string body) =>
        AsAsync(
            server,
            credentials =>
                credentials.SetAsync(Slug(server), JsonDocument.Parse(body).RootElement, CancellationToken.None)
        );

    private async Task<T> AsAsync<T>(ServerKey server, Func<ServerCredentials, Task<T>> act)
    {
        _slugs[server] = await house.SlugOfAsync(server);
        await using var scope = house.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Act(server.Tenant);
        return await act(scope.ServiceProvider.GetRequiredService<ServerCredentials>());
    }

    private readonly Dictionary<ServerKey, string> _slugs = [];

    private string Slug(ServerKey server) => _slugs[server];

    private async Task AsSuperuserAsync(string sql)
    {
        await using var owner = new NpgsqlConnection(house.Storage.Options.Bootstrap.ConnectionString);
        await owner.ExecuteAsync(sql);
    }
}
