using System.Text;

namespace AliveMcp.Alerting.Tests.Subscriptions;

/// <summary>How a visitor comes to hear, and how it ends.</summary>
public sealed class SubscribingTests(SubscriptionHouse house) : IClassFixture<SubscriptionHouse>
{
    [Fact]
    public async Task An_address_gets_one_letter_and_hears_only_after_its_button_is_pressed()
    {
        var server = await house.ServerAsync();
        await house.GiveRoomAsync();

        var asked = await house.AskAsync(server, new { email = "One@Example.com" });
        await house.CarryAsync();
        var again = await house.AskAsync(server, new { email = "one@example.com" });
        await house.CarryAsync();
        var letter = Assert.Single(house.Mail.LettersTo("one@example.com"));
        var link = letter.Link("/alerts/subscriptions/confirm/");
        var looked = await house.OpenAsync(HttpMethod.Get, link);
        var before = await house.CountAsync(server, "confirmed_at IS NOT NULL");
        var said = await house.OpenAsync(HttpMethod.Post, link);
        var twice = await house.OpenAsync(HttpMethod.Post, link);

        Assert.Equal((202, 202), (asked.Status, again.Status));
        Assert.Equal(asked.Body!.ToJsonString(), again.Body!.ToJsonString());
        Assert.Contains("Weather tools", looked.Body, StringComparison.Ordinal);
        Assert.Equal((200, 0), (looked.Status, before));
        Assert.Equal((200, 404), (said.Status, twice.Status));
        Assert.Equal(1, await house.CountAsync(server, "confirmed_at IS NOT NULL"));
    }

    [Fact]
    public async Task The_letter_that_asks_says_no_word_of_a_stranger_s()
    {
        var server = await house.ServerAsync("Buy pills at evil.example");
        await house.GiveRoomAsync();

        await house.AskAsync(server, new { email = "asked@example.com" });
        await house.CarryAsync();

        var letter = Assert.Single(house.Mail.LettersTo("asked@example.com"));
        Assert.False(letter.Has("pills"));
        Assert.False(letter.Has(server.Slug));
        Assert.Equal("", letter.HeaderOf("List-Unsubscribe"));
    }

    [Fact]
    public async Task Somebody_who_hears_already_gets_no_letter_and_the_asker_no_other_answer()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "known@example.com");

        var known = await house.AskAsync(server, new { email = "known@example.com" });
        var fresh = await house.AskAsync(server, new { email = "fresh@example.com" });
        await house.CarryAsync();

        Assert.Equal(fresh.Body!.ToJsonString(), known.Body!.ToJsonString());
        Assert.Single(house.Mail.LettersTo("known@example.com"));
    }

    [Fact]
    public async Task Nobody_s_mailbox_is_flooded_and_the_asker_cannot_tell()
    {
        await house.GiveRoomAsync();
        for (var i = 0; i < 6; i++)
        {
            var asked = await house.AskAsync(await house.ServerAsync(), new { email = "flooded@example.com" });
            Assert.Equal(202, asked.Status);
        }

        await house.CarryAsync();

        Assert.Equal(3, house.Mail.LettersTo("flooded@example.com").Count);
    }

    [Fact]
    public async Task One_network_asks_so_often_and_no_oftener()
    {
        var server = await house.ServerAsync();
        await house.GiveRoomAsync();
        var answers = new List<int>();
        for (var i = 0; i < 21; i++)
        {
            answers.Add((await house.AskAsync(server, new { email = $"network{i}@example.com" })).Status);
        }

        Assert.Equal(20, answers.Count(status => status == 202));
        Assert.Equal(429, answers[^1]);
        await house.GiveRoomAsync();
        await house.ExecuteAsync("DELETE FROM alerting.subscription WHERE server_id = @Server", new { server.Server });
    }

    [Fact]
    public async Task What_is_not_confirmed_within_a_day_is_forgotten_with_its_address()
    {
        var server = await house.ServerAsync();
        await house.GiveRoomAsync();
        await house.AskAsync(server, new { email = "late@example.com" });
        await house.CarryAsync();
        var link = Assert.Single(house.Mail.LettersTo("late@example.com")).Link("/confirm/");
        var sealedBefore = await SecretsAsync(server);
        await house.ExecuteAsync(
            "UPDATE alerting.subscription SET expires_at = @now WHERE server_id = @Server",
            new { server.Server, now = house.Clock.GetUtcNow() }
        );

        var late = await house.OpenAsync(HttpMethod.Post, link);
        await house.Get<Alerting.Subscriptions.SubscriptionSweep>().SweepAsync(CancellationToken.None);

        Assert.Equal((404, 1), (late.Status, sealedBefore));
        Assert.Equal(0, await house.CountAsync(server));
        Assert.Equal(0, await ForgottenAsync());
    }

    [Fact]
    public async Task The_one_click_of_a_mail_program_stops_it_and_erases_the_address()
    {
        var server = await house.ServerAsync();
        await house.SubscribeAsync(server, "leaves@example.com");
        var incident = await house.IncidentAsync(server, TimeSpan.FromMinutes(4));
        await house.TellAsync();
        var letter = house.Mail.LettersTo("leaves@example.com")[^1];
        var stop = letter.Link("/alerts/subscriptions/stop/");
        using var click = new StringContent(
            "List-Unsubscribe=One-Click",
            Encoding.ASCII,
            "application/x-www-form-urlencoded"
        );

        var looked = await house.OpenAsync(HttpMethod.Get, stop);
        var still = await house.CountAsync(server);
        var stopped = await house.OpenAsync(HttpMethod.Post, stop, click);
        var again = await house.OpenAsync(HttpMethod.Post, stop);
        await house.ResolveAsync(incident);
        await house.TellAsync();

        Assert.Equal("List-Unsubscribe=One-Click", letter.HeaderOf("List-Unsubscribe-Post"));
        Assert.Contains(stop.AbsoluteUri, letter.HeaderOf("List-Unsubscribe"), StringComparison.Ordinal);
        Assert.Equal((200, 1), (looked.Status, still));
        Assert.Equal((200, 200), (stopped.Status, again.Status));
        Assert.Equal(0, await house.CountAsync(server));
        Assert.Equal(0, await ForgottenAsync());
        Assert.Equal(2, house.Mail.LettersTo("leaves@example.com").Count);
    }

    [Fact]
    public async Task A_webhook_hears_after_it_said_the_challenge_back_and_has_the_key_of_what_follows()
    {
        var (server, hook) = (await house.ServerAsync(), new Uri(house.Hook.Url, "/visitors/echo"));

        await house.SubscribeHookAsync(server, hook);

        var challenge = Assert.Single(house.Hook.Taken, request => request.Path == "/visitors/echo").Json!;
        Assert.Equal("challenge", (string?)challenge["type"]);
        Assert.StartsWith("whsec_", (string)challenge["secret"]!, StringComparison.Ordinal);
        Assert.Equal(1, await house.CountAsync(server, "confirmed_at IS NOT NULL"));
    }

    [Fact]
    public async Task An_address_that_does_not_say_it_back_is_forgotten()
    {
        var server = await house.ServerAsync();
        house.Hook.Misbehaves = request =>
            request.Path == "/visitors/mute" ? new Testing.Sinks.FakeReply(200, "{}") : null;

        await house.SubscribeHookAsync(server, new Uri(house.Hook.Url, "/visitors/mute"));

        house.Hook.Misbehaves = null;
        Assert.Equal(0, await house.CountAsync(server));
    }

    [Theory]
    [InlineData("""{"email": "no address"}""", 422)]
    [InlineData("""{"webhook": "http://10.0.0.1/x"}""", 422)]
    [InlineData("""{"webhook": "ftp://example.com/x"}""", 422)]
    [InlineData("""{"email": "a@example.com", "webhook": "https://example.com/x"}""", 422)]
    [InlineData("{}", 422)]
    [InlineData("""{"email": "a@example.com", "admin": true}""", 422)]
    public async Task What_is_no_place_is_refused(string body, int status)
    {
        var server = await house.ServerAsync();
        await house.GiveRoomAsync();

        using var http = new HttpClient(new SocketsHttpHandler());
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(
            new Uri(house.Api.Url, $"/api/v1/status/{server.Slug}/subscriptions"),
            content
        );

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(0, await house.CountAsync(server));
    }

    [Fact]
    public async Task Only_public_servers_are_heard_of()
    {
        await house.GiveRoomAsync();
        var asked = await house.AskAsync(
            new PublicServer(0, "own-server-1", house.Api.Url),
            new { email = "a@example.com" }
        );

        Assert.Equal(404, asked.Status);
    }

    private Task<int> SecretsAsync(PublicServer server) =>
        house.ScalarAsync<int>(
            """
            SELECT count(*)::int FROM tenancy.thing_secret AS t JOIN alerting.subscription AS s ON s.subscription_id = t.thing_id
            WHERE t.thing = 'subscription' AND s.server_id = @Server
            """,
            new { server.Server }
        );

    /// <summary>Sealed places whose subscription is gone.</summary>
    private Task<int> ForgottenAsync() =>
        house.ScalarAsync<int>(
            """
            SELECT count(*)::int FROM tenancy.thing_secret AS t WHERE t.thing = 'subscription'
                AND NOT EXISTS (SELECT FROM alerting.subscription AS s WHERE s.subscription_id = t.thing_id)
            """
        );
}
