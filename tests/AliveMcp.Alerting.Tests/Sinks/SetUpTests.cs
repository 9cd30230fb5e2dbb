using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;

namespace AliveMcp.Alerting.Tests.Sinks;

public sealed partial class SetUpTests(SinkHouse house) : IClassFixture<SinkHouse>
{
    [Fact]
    public async Task A_code_is_posted_into_the_channel_and_typed_back()
    {
        var made = await house.AddAsync(Slack("a channel"));
        var (path, code) = (PathOf(made), CodeIn(house.Slack.Taken.Last().Body));

        var wrong = await house.AskAsync(HttpMethod.Post, path + "/verify", new { code = "AAAA-AAAA" });
        var right = await house.AskAsync(HttpMethod.Post, path + "/verify", new { code = code.ToLowerInvariant() });
        var again = await house.AskAsync(HttpMethod.Post, path + "/verify", new { code });

        Assert.Equal("unverified", (string?)made["state"]);
        Assert.Equal((422, "code_wrong"), (wrong.Status, (string?)wrong.Body!["code"]));
        Assert.Equal((200, "verified"), (right.Status, (string?)right.Body!["state"]));
        Assert.Equal((200, "verified"), (again.Status, (string?)again.Body!["state"]));
        Assert.True((await house.AtHandAsync((int)made["id"]!)).IsUsable);
    }

    [Fact]
    public async Task A_code_is_tried_five_times_and_is_good_for_an_hour_and_for_one_sink()
    {
        var (mine, other) = (await house.AddAsync(Slack("tried")), await house.AddAsync(Slack("tried too")));
        var codes = house.Slack.Taken.TakeLast(2).Select(taken => CodeIn(taken.Body)).ToList();

        var foreign = await house.AskAsync(HttpMethod.Post, PathOf(other) + "/verify", new { code = codes[0] });
        for (var count = 0; count < 5; count++)
        {
            await house.AskAsync(HttpMethod.Post, PathOf(mine) + "/verify", new { code = "AAAA-AAAA" });
        }

        var spent = await house.AskAsync(HttpMethod.Post, PathOf(mine) + "/verify", new { code = codes[0] });
        await house.AskAsync(HttpMethod.Post, PathOf(mine) + "/verify/again");
        await house.CarryAsync();
        var anew = CodeIn(house.Slack.Taken.Last().Body);
        house.Clock.Advance(TimeSpan.FromMinutes(61));
        var late = await house.AskAsync(HttpMethod.Post, PathOf(mine) + "/verify", new { code = anew });

        Assert.Equal("code_wrong", (string?)foreign.Body!["code"]);
        Assert.Equal("code_expired", (string?)spent.Body!["code"]);
        Assert.NotEqual(codes[0], anew);
        Assert.Equal("code_expired", (string?)late.Body!["code"]);
    }

    [Fact]
    public async Task What_a_change_does_not_name_and_is_no_secret_stays()
    {
        var made = await house.AskAsync(
            HttpMethod.Post,
            "/api/v1/sinks",
            new
            {
                kind = "pagerduty",
                name = "europe",
                routing_key = "0123456789abcdef0123456789abcdef",
                region = "eu",
            }
        );
        var renewed = await house.AskAsync(
            HttpMethod.Patch,
            PathOf(made.Body!),
            new { routing_key = "fedcba9876543210fedcba9876543210" },
            ifMatch: made.ETag
        );

        Assert.Equal((201, 200), (made.Status, renewed.Status));
        Assert.Contains("region eu", (string)renewed.Body!["address"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_says_challenges_back_is_verified_by_itself()
    {
        house.Webhook.SaysChallengesBack = true;
        var made = await house.AddAsync(Hook("says back"));
        house.Webhook.SaysChallengesBack = false;

        var seen = await house.AskAsync(HttpMethod.Get, PathOf(made));

        Assert.Equal("verified", (string?)seen.Body!["state"]);
        Assert.StartsWith("whsec_", (string?)made["secret"], StringComparison.Ordinal);
        Assert.Null(seen.Body["secret"]);
    }

    [Fact]
    public async Task A_file_with_the_token_shows_whose_host_it_is()
    {
        var made = await house.AddAsync(Hook("published"));
        var before = await house.AskAsync(HttpMethod.Post, PathOf(made) + "/verify");
        house.Webhook.Token = (string?)JsonNode.Parse((string)made["proof"]!["file_body"]!)!["token"];
        var after = await house.AskAsync(HttpMethod.Post, PathOf(made) + "/verify");
        house.Webhook.Token = null;

        Assert.Equal("_alivemcp.127.0.0.1", (string?)made["proof"]!["dns_name"]);
        Assert.Equal("proof_unpublished", (string?)before.Body!["code"]);
        Assert.Equal("verified", (string?)after.Body!["state"]);
    }

    [Fact]
    public async Task Another_address_is_proven_anew_and_another_name_is_not()
    {
        var made = await VerifiedAsync("moves");
        var seen = await house.AskAsync(HttpMethod.Get, PathOf(made));

        var named = await house.AskAsync(HttpMethod.Patch, PathOf(made), new { name = "moved" }, ifMatch: seen.ETag);
        var stale = await house.AskAsync(HttpMethod.Patch, PathOf(made), new { name = "x" }, ifMatch: seen.ETag);
        var bare = await house.AskAsync(HttpMethod.Patch, PathOf(made), new { name = "x" });
        var moved = await house.AskAsync(
            HttpMethod.Patch,
            PathOf(made),
            new { url = house.Slack.Webhook },
            ifMatch: named.ETag
        );

        Assert.Equal("verified", (string?)named.Body!["state"]);
        Assert.Equal((412, 428), (stale.Status, bare.Status));
        Assert.Equal("unverified", (string?)moved.Body!["state"]);
        Assert.False((await house.AtHandAsync((int)made["id"]!)).IsUsable);
    }

    [Fact]
    public async Task A_removed_sink_leaves_no_secret_behind()
    {
        var made = await VerifiedAsync("goes");
        var removed = await house.AskAsync(HttpMethod.Delete, PathOf(made), ifMatch: "*");

        await using var connection = await house.Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        var left = await connection.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM tenancy.thing_secret WHERE thing_id = @id",
            new { id = (int)made["id"]! }
        );

        Assert.Equal((204, 0), (removed.Status, left));
        Assert.Equal(404, (await house.AskAsync(HttpMethod.Get, PathOf(made))).Status);
    }

    [Fact]
    public async Task A_test_is_a_delivery_of_its_own_and_only_a_verified_sink_gets_one()
    {
        var (proven, fresh) = (await VerifiedAsync("tested"), await house.AddAsync(Slack("not tested")));

        var ordered = await house.AskAsync(HttpMethod.Post, PathOf(proven) + "/test");
        var refused = await house.AskAsync(HttpMethod.Post, PathOf(fresh) + "/test");

        await using var connection = await house.Api.Storage.Doors.AllTenants.OpenConnectionAsync();
        var summary = await connection.ExecuteScalarAsync<string>(
            "SELECT message ->> 'summary' FROM alerting.delivery WHERE delivery_id = @id AND type = 21 AND state = 'waiting'",
            new { id = (long)ordered.Body!["delivery"]! }
        );
        Assert.Equal(202, ordered.Status);
        Assert.Contains("tested", summary, StringComparison.Ordinal);
        Assert.Equal("sink_unverified", (string?)refused.Body!["code"]);
    }

    [Fact]
    public async Task Another_tenant_s_sink_is_not_there()
    {
        var path = PathOf(await VerifiedAsync("mine"));
        (HttpMethod, string, object?)[] acts =
        [
            (HttpMethod.Get, "", null),
            (HttpMethod.Patch, "", new { name = "theirs" }),
            (HttpMethod.Delete, "", null),
            (HttpMethod.Post, "/verify", new { code = "AAAA-AAAA" }),
            (HttpMethod.Post, "/verify/again", null),
            (HttpMethod.Post, "/test", null),
            (HttpMethod.Post, "/rotate-secret", null),
        ];

        foreach (var (method, act, body) in acts)
        {
            var answer = await house.AskAsync(method, path + act, body, house.CharlieToken, ifMatch: "*");
            Assert.Equal((404, "sink_not_found"), (answer.Status, (string?)answer.Body!["code"]));
        }

        var list = await house.AskAsync(HttpMethod.Get, "/api/v1/sinks", token: house.CharlieToken);
        Assert.DoesNotContain("mine", list.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"pigeon","name":"x"}""", "kind")]
    [InlineData("""{"kind":"slack","name":"x"}""", "url")]
    [InlineData(
        """{"kind":"slack","name":"x","url":"https://evil.example/services/T024BE7LD/B0CDE3FGH/abcdefghijklmnopqrstuvwx"}""",
        "url"
    )]
    [InlineData("""{"kind":"slack","name":"x","url":"http://169.254.169.254/"}""", "url")]
    [InlineData("""{"kind":"discord","name":"x","url":"https://discord.com/api/webhooks/1/x"}""", "url")]
    [InlineData("""{"kind":"pagerduty","name":"x","routing_key":"short"}""", "routing_key")]
    [InlineData(
        """{"kind":"pagerduty","name":"x","routing_key":"R0123456789ABCDEFGHIJKLMNOPQRSTU","region":"moon"}""",
        "region"
    )]
    [InlineData("""{"kind":"webhook","name":"x","url":"http://example.com/hook"}""", "url")]
    [InlineData("""{"kind":"webhook","name":"x","url":"https://10.0.0.7/hook"}""", "url")]
    [InlineData("""{"kind":"webhook","name":"x","url":"https://user:pw@example.com/"}""", "url")]
    [InlineData("""{"kind":"telegram","name":"x","chat_id":"-1001234567890"}""", "bot_token")]
    [InlineData("""{"kind":"telegram","name":"x","bot_token":"1/../x:y","chat_id":"-1001234567890"}""", "bot_token")]
    [InlineData(
        """{"kind":"telegram","name":"x","bot_token":"110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw","chat_id":"me"}""",
        "chat_id"
    )]
    [InlineData("""{"kind":"email","name":"x","email":"nobody"}""", "email")]
    [InlineData("""{"kind":"email","name":"x","email":"a@example.com","cc":"b@example.com"}""", "cc")]
    [InlineData("""{"kind":"email","email":"a@example.com"}""", "name")]
    public async Task What_is_wrong_is_named_by_its_field(string body, string field)
    {
        var answer = await house.AskAsync(HttpMethod.Post, "/api/v1/sinks", JsonNode.Parse(body));

        Assert.Equal(422, answer.Status);
        Assert.Equal(field, (string?)answer.Body!["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task The_plan_says_how_many_sinks_there_are_and_a_name_is_given_once()
    {
        for (var count = 0; count < 5; count++)
        {
            await house.AddAsync(Slack($"charlie {count}"), house.CharlieToken);
        }

        var full = await house.AskAsync(HttpMethod.Post, "/api/v1/sinks", Slack("one more"), house.CharlieToken);
        await house.AddAsync(Slack("the same"));
        var taken = await house.AskAsync(HttpMethod.Post, "/api/v1/sinks", Slack("the same"));

        Assert.Equal("sinks_limit", (string?)full.Body!["code"]);
        Assert.Equal((409, "name_taken"), (taken.Status, (string?)taken.Body!["code"]));
    }

    private object Slack(string name) =>
        new
        {
            kind = "slack",
            name,
            url = house.Slack.Webhook,
        };

    private object Hook(string name) =>
        new
        {
            kind = "webhook",
            name,
            url = house.Webhook.Hook,
        };

    private async Task<JsonObject> VerifiedAsync(string name)
    {
        var made = await house.AddAsync(Slack(name));
        var code = CodeIn(house.Slack.Taken.Last().Body);
        var verified = await house.AskAsync(HttpMethod.Post, PathOf(made) + "/verify", new { code });
        Assert.Equal("verified", (string?)verified.Body!["state"]);
        return made;
    }

    private static string PathOf(JsonObject sink) => $"/api/v1/sinks/{(int)sink["id"]!}";

    private static string CodeIn(string text) => Code().Match(text).Value;

    [GeneratedRegex("[A-Z2-9]{4}-[A-Z2-9]{4}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
