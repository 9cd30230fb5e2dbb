using System.Net;
using System.Net.Http.Json;
using AliveMcp.Collector.Looks;
using AliveMcp.Collector.Tests.Builders;
using AliveMcp.Testing.Rooms;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;
using static AliveMcp.Collector.Tests.Builders.LookTalk;

namespace AliveMcp.Collector.Tests.Looks;

/// <summary>A live look from who asks to the prober and back, over HTTP, Redis and Postgres.</summary>
public sealed class LookPathTests(DeskHouse house) : IClassFixture<DeskHouse>
{
    [Fact]
    public async Task Who_asks_sees_each_step_as_it_ends_and_the_verdict_behind_them()
    {
        var (server, api) = await OwnedAsync("https://mcp.example/mcp");
        var asked = await AskAsync(api, server);

        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East, Lane.Now));
        var taken = await ReadAsync(api, asked);
        await TellAsync(Report(ticket, Step(1, ProbeStep.Resolve), Step(2, ProbeStep.Connect)));
        var begun = await ReadAsync(api, asked);
        await TellAsync(Report(ticket, Step(3, ProbeStep.Discover)) with { Attempt = Live, Observed = Seen });
        var done = await ReadAsync(api, asked, after: 2);

        Assert.Equal((asked.Id, new Uri("https://mcp.example/mcp")), (ticket.Look, ticket.Order.Url));
        Assert.Equal(("waiting", "looking", "looking", "done"), (asked.State, taken.State, begun.State, done.State));
        Assert.Equal(["resolve", "connect"], begun.Steps.Select(step => step.Step));
        Assert.Equal(["discover"], done.Steps.Select(step => step.Step));
        Assert.Equal(("live", 2, "weather"), (done.Verdict!.State, done.Verdict.Tools, done.Verdict.ServerName));
    }

    [Fact]
    public async Task No_minute_and_nothing_that_is_kept_hears_of_it()
    {
        var (server, api) = await OwnedAsync();
        var asked = await AskAsync(api, server);
        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East, Lane.Now));

        var result = await DeskHouse.ReportAsync(house.East, DeskHouse.Report(ticket));
        await TellAsync(
            Report(ticket) with
            {
                Attempt = Sample.Attempt(ServerState.Down, Why.ConnectionRefused),
                Observed = Seen,
            }
        );

        Assert.Equal(new ReportAnswer(0, 0, 1), result);
        Assert.Equal("down", (await ReadAsync(api, asked)).Verdict!.State);
        var kept = await house.RowsAsync<long>(
            """
            SELECT (SELECT count(*) FROM collector.evidence WHERE server_id = @id)
                + (SELECT count(*) FROM collector.server_memory WHERE server_id = @id)
            """,
            new { id = server.Server.Value }
        );
        Assert.Equal(0, Assert.Single(kept));
        Assert.False(await house.Storage.Redis.Database.KeyExistsAsync(CollectorKeys.Hot(server.Server)));
        Assert.False(
            await house.Storage.Redis.Database.KeyExistsAsync(CollectorKeys.Minute(server.Server, ticket.Minute))
        );
    }

    [Fact]
    public async Task Only_the_prober_that_took_it_may_tell_of_it()
    {
        var (server, api) = await OwnedAsync();
        var (other, _) = await OwnedAsync();
        await AskAsync(api, server);
        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East, Lane.Now));
        await house.OpenAsync(server, Sample.East);
        var minute = await house.LeaseOneAsync(house.East);
        var good = Report(ticket, Step(1, ProbeStep.Resolve));

        HttpStatusCode[] answers =
        [
            await PostAsync(house.West, good),
            await PostAsync(house.West, good with { Region = Sample.West }),
            await PostAsync(house.East, good with { Prober = "prober-2" }),
            await PostAsync(house.East, good with { Server = other }),
            await PostAsync(house.East, good with { Look = LookId.New(Sample.East).ToString() }),
            await PostAsync(house.East, good with { Signature = minute.Signature }),
            await PostAsync(house.East, good with { Signature = new string('A', 43) }),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Forbidden, answer));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(house.East, good));
    }

    [Fact]
    public async Task What_no_prober_of_ours_could_tell_is_refused()
    {
        var (server, api) = await OwnedAsync();
        await AskAsync(api, server);
        var good = Report(Assert.Single(await DeskHouse.LeaseAsync(house.East, Lane.Now)));

        HttpStatusCode[] answers =
        [
            await PostAsync(house.East, good with { Steps = [Step(0, ProbeStep.Resolve)] }),
            await PostAsync(house.East, good with { Steps = [Step(LookStep.Most + 1, ProbeStep.Resolve)] }),
            await PostAsync(house.East, good with { Steps = [Step(1, (ProbeStep)99)] }),
            await PostAsync(house.East, good with { Steps = [Step(1, ProbeStep.Tls) with { Took = -1 }] }),
            await PostAsync(
                house.East,
                good with
                {
                    Steps = [.. Enumerable.Repeat(Step(1, ProbeStep.Tls), LookStep.Most + 1)],
                }
            ),
            await PostAsync(house.East, good with { Attempt = Sample.Attempt((ServerState)9) }),
            await PostAsync(house.East, "garbage"),
            await PostAsync(house.East, "{}"),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            await PostAsync(
                house.East,
                good with
                {
                    Steps = [Step(1, ProbeStep.Tls) with { Fault = new('x', 70_000) }],
                }
            )
        );
    }

    [Fact]
    public async Task Strangers_words_are_made_safe_before_anybody_reads_them()
    {
        var (server, api) = await OwnedAsync();
        var asked = await AskAsync(api, server);
        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East, Lane.Now));

        await TellAsync(
            Report(ticket, Step(1, ProbeStep.Discover) with { Fault = "a\u202eb" }) with
            {
                Attempt = Live with { Detail = "\u001b[2Jgone" },
                Observed = Seen with { ServerName = new string('n', 5_000) },
            }
        );

        var seen = await ReadAsync(api, asked);
        Assert.Equal("a\\u{202e}b", Assert.Single(seen.Steps).Fault);
        Assert.Equal("\\u{1b}[2Jgone", seen.Verdict!.Detail);
        Assert.Equal(120, seen.Verdict.ServerName!.Length);
    }

    [Fact]
    public async Task A_stranger_neither_asks_for_a_look_nor_reads_one()
    {
        var (server, api) = await OwnedAsync();
        using var charlie = await house.ApiAsync(ServersApi.Charlie);
        using var reader = await house.ApiAsync(TenantId.Local, "read");
        using var nobody = house.Client(null);
        nobody.BaseAddress = api.BaseAddress;
        var path = $"servers/{await house.SlugOfAsync(server)}/look";

        using var asStranger = await charlie.PostAsync(path, null);
        using var asReader = await reader.PostAsync(path, null);
        using var asNobody = await nobody.PostAsync(path, null);
        var asked = await AskAsync(api, server);
        using var read = await charlie.GetAsync($"looks/{asked.Id}");
        await DeskHouse.LeaseAsync(house.East, Lane.Now);

        Assert.Equal(HttpStatusCode.NotFound, asStranger.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, asReader.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, asNobody.StatusCode);
        Assert.Equal((HttpStatusCode.NotFound, "look_not_found"), (read.StatusCode, await CodeAsync(read)));
        Assert.Equal(asked.Id, (await ReadAsync(reader, asked)).Id);
    }

    [Fact]
    public async Task A_server_is_no_toy()
    {
        var (server, api) = await OwnedAsync();
        await AskAsync(api, server);
        await DeskHouse.LeaseAsync(house.East, Lane.Now);

        using var again = await api.PostAsync($"servers/{await house.SlugOfAsync(server)}/look", null);

        Assert.Equal((HttpStatusCode.TooManyRequests, "look_too_soon"), (again.StatusCode, await CodeAsync(again)));
    }

    [Fact]
    public async Task A_look_that_cannot_be_is_refused_with_the_reason()
    {
        var (paused, api) = await OwnedAsync();
        var (waiting, _) = await OwnedAsync();
        var (lonely, _) = await OwnedAsync();
        await DeskHouse.LeaseAsync(house.East, Lane.Now);
        await house.RowsAsync<int>(
            "UPDATE servers.server SET paused_at = now() WHERE server_id = @id RETURNING 1",
            new { id = paused.Server.Value }
        );
        await house.RowsAsync<int>(
            "UPDATE servers.server SET regions = '{nowhere}' WHERE server_id = @id RETURNING 1",
            new { id = lonely.Server.Value }
        );
        var until = (await house.Storage.Clock.NowAsync()).AddMinutes(7).ToUnixTimeMilliseconds();
        await house.Storage.Redis.Database.HashSetAsync(CollectorKeys.Hot(waiting.Server), "w", until);

        Assert.Equal("server_not_found", await RefusalAsync(api, "nobody"));
        Assert.Equal("server_paused", await RefusalAsync(api, await house.SlugOfAsync(paused)));
        Assert.Equal("server_asked_to_wait", await RefusalAsync(api, await house.SlugOfAsync(waiting)));
        Assert.Equal("prober_unavailable", await RefusalAsync(api, await house.SlugOfAsync(lonely)));
        Assert.Equal("region_not_found", await RefusalAsync(api, await house.SlugOfAsync(waiting), "?region=%1b[2J"));
    }

    [Fact]
    public async Task A_server_inside_is_looked_at_apart_from_others()
    {
        var (server, api) = await OwnedAsync("http://10.0.0.7/mcp");
        await AskAsync(api, server);

        var ticket = Assert.Single(await DeskHouse.LeaseAsync(house.East, Lane.Now));

        Assert.True(ticket.Isolated);
    }

    [Fact]
    public async Task A_look_that_nobody_took_is_lost_and_given_to_nobody()
    {
        var (server, api) = await OwnedAsync();
        var look = LookId.New(Sample.East);
        var order = new LookOrder
        {
            Server = server,
            Slug = "late",
            SettingsVersion = 1,
            AskedAt = await house.Storage.Clock.NowAsync() - LookTimes.Taken - TimeSpan.FromSeconds(1),
        };
        Assert.True(await house.Get<AskScript>().RunAsync(look, order, 100));

        Assert.Empty(await DeskHouse.LeaseAsync(house.East, Lane.Now));
        Assert.Equal("lost", (await ReadAsync(api, look.ToString())).State);
    }

    private static ProbeAttempt Live =>
        Sample.Attempt(ServerState.Live) with
        {
            Access = Access.Open,
            VerifiedTo = VerifiedTo.Tools,
        };

    private static Observed Seen { get; } =
        new()
        {
            ToolCount = 2,
            ServerName = "weather",
            Requests = 3,
        };

    private async Task<(ServerKey Server, HttpClient Api)> OwnedAsync(string? url = null) =>
        (await house.WatchAsync(url: url), await house.ApiAsync(TenantId.Local));

    /// <summary>From where the test's prober is; it has asked for work once, so that its region lives.</summary>
    private async Task<SeenLook> AskAsync(HttpClient api, ServerKey server)
    {
        await house.NoteProberAsync();
        using var answer = await api.PostAsync($"servers/{await house.SlugOfAsync(server)}/look?region=us-east", null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync(SeenLookJson.Default.SeenLook))!;
    }

    private static Task<SeenLook> ReadAsync(HttpClient api, SeenLook look, int after = 0) =>
        ReadAsync(api, look.Id, after);

    private static async Task<SeenLook> ReadAsync(HttpClient api, string id, int after = 0) =>
        (await api.GetFromJsonAsync($"looks/{id}?after={after}", SeenLookJson.Default.SeenLook))!;

    private async Task TellAsync(StepReport report) =>
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(house.East, report));

    private static async Task<string?> RefusalAsync(HttpClient api, string slug, string query = "")
    {
        using var answer = await api.PostAsync($"servers/{slug}/look{query}", null);
        return await CodeAsync(answer);
    }
}
