using System.Text;
using System.Text.RegularExpressions;
using AliveMcp.Alerting.Messages;
using AliveMcp.Alerting.Sinks;
using AliveMcp.Alerting.Sinks.Telegram;
using AliveMcp.Testing.Sinks;
using Microsoft.Extensions.DependencyInjection;

namespace AliveMcp.Alerting.Tests.Sinks;

public sealed partial class TelegramTests(SinkHouse house) : IClassFixture<SinkHouse>
{
    [Fact]
    public async Task A_code_comes_into_the_chat_and_is_typed_back_and_the_token_is_nowhere_to_be_read()
    {
        var made = await house.AddAsync(Chat("typed back"));
        var path = $"/api/v1/sinks/{(int)made["id"]!}";
        var code = Code().Match(house.Telegram.Taken.Last().Body).Value;

        var proven = await house.AskAsync(HttpMethod.Post, path + "/verify", new { code });
        var seen = await house.AskAsync(HttpMethod.Get, path);

        Assert.Equal((200, "verified"), (proven.Status, (string?)proven.Body!["state"]));
        Assert.Equal("Telegram chat -1001234567890, bot 110201543", (string?)seen.Body!["address"]);
        var said = made.ToJsonString() + proven.Body.ToJsonString() + seen.Body.ToJsonString();
        Assert.DoesNotContain(FakeTelegram.Token.Split(':')[1], said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_edits_the_first_message_and_the_end_edits_and_answers_it()
    {
        var at = await AtAsync("told");
        var before = house.Telegram.Messages.Count;

        var first = await SendAsync(at, SampleMessages.Down, thread: null);
        var updated = await SendAsync(at, SampleMessages.Updated, first.Thread);
        var afterUpdate = house.Telegram.Messages.Count - before;
        var resolved = await SendAsync(at, SampleMessages.Resolved, first.Thread);

        var answer = house.Telegram.Messages[resolved.RequestId!];
        Assert.Equal((1, 2), (afterUpdate, house.Telegram.Messages.Count - before));
        Assert.Equal((first.Thread, (string?)null), (updated.Thread, resolved.Thread));
        Assert.Equal(first.Thread, answer["reply_parameters"]!["message_id"]!.ToString());
        Assert.Contains("up again", (string)answer["text"]!, StringComparison.Ordinal);
        Assert.Contains("up again", (string)house.Telegram.Messages[first.Thread!]["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_deleted_is_said_anew_and_what_stands_there_already_is_delivered()
    {
        var at = await AtAsync("deleted");
        var update = SampleMessages.Updated with { Incident = null };

        var first = await SendAsync(at, update, thread: null);
        var same = await SendAsync(at, update, first.Thread);
        house.Telegram.Messages.TryRemove(first.Thread!, out _);
        var anew = await SendAsync(at, update, first.Thread);

        Assert.Equal((SinkOutcome.Delivered, (string?)null), (same.Outcome, same.Thread));
        Assert.Equal(SinkOutcome.Delivered, anew.Outcome);
        Assert.NotNull(anew.Thread);
        Assert.NotEqual(first.Thread, anew.Thread);
    }

    [Fact]
    public async Task A_group_that_became_a_supergroup_goes_on_being_told()
    {
        var at = await AtAsync("moved");
        house.Telegram.MovedTo = -1009876543210;

        var answer = await SendAsync(at, SampleMessages.Down, thread: null);
        var standing = await LookAsync(at);
        house.Telegram.MovedTo = null;

        Assert.Equal((SinkOutcome.Delivered, ProofStanding.Holds), (answer.Outcome, standing));
        Assert.Equal("-1009876543210", (string?)house.Telegram.Messages[answer.Thread!]["chat_id"]);
    }

    [Theory]
    [InlineData(400, "Bad Request: not enough rights to send text messages to the chat", "Refused")]
    [InlineData(400, "Bad Request: chat not found", "Gone")]
    [InlineData(401, "Unauthorized", "Gone")]
    [InlineData(403, "Forbidden: bot was kicked from the supergroup chat", "Gone")]
    [InlineData(404, "Not Found", "Gone")]
    [InlineData(429, "Too Many Requests: retry after 17", "Later")]
    [InlineData(502, "Bad Gateway", "Later")]
    public async Task Telegram_s_words_say_what_to_do_next_and_stand_in_the_log(
        int status,
        string words,
        string outcome
    )
    {
        var at = await AtAsync($"told {status} {outcome}");
        var echoed = $$"""{"ok":false,"error_code":{{status}},"description":"{{words}} /bot{{FakeTelegram.Token}}/"}""";
        var body = status == 429 ? echoed[..^1] + ""","parameters":{"retry_after":17}}""" : echoed;
        house.Telegram.Misbehaves = _ => new FakeReply(status, body);

        var fresh = await SendAsync(at, SampleMessages.Down, thread: null);
        var later = await SendAsync(at, SampleMessages.Down, thread: "41");
        house.Telegram.Misbehaves = null;

        Assert.Equal((outcome, outcome), (fresh.Outcome.ToString(), later.Outcome.ToString()));
        Assert.Contains(words, fresh.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeTelegram.Token, fresh.Detail, StringComparison.Ordinal);
        Assert.Equal(status == 429 ? TimeSpan.FromSeconds(17) : null, fresh.RetryAfter);
    }

    [Theory]
    [InlineData(200, "<html>a portal</html>", "Later")]
    [InlineData(404, "<html>nothing</html>", "Later")]
    [InlineData(403, "<html>a proxy</html>", "Refused")]
    public async Task What_is_not_Telegram_s_own_word_switches_nothing_off(int status, string body, string outcome)
    {
        var at = await AtAsync($"not its word {status}");
        house.Telegram.Misbehaves = _ => new FakeReply(status, body, "text/html");

        var answer = await SendAsync(at, SampleMessages.Down, thread: null);
        var standing = await LookAsync(at);
        house.Telegram.Misbehaves = null;

        Assert.Equal(outcome, answer.Outcome.ToString());
        Assert.NotEqual(ProofStanding.Gone, standing);
    }

    [Fact]
    public async Task A_chat_is_looked_at_without_a_message()
    {
        var at = await AtAsync("looked at");
        var before = house.Telegram.Messages.Count;

        var holds = await LookAsync(at);
        var revoked = await LookAsync(at with { Secret = Encoding.ASCII.GetBytes("110201543:" + new string('A', 35)) });

        Assert.Equal((ProofStanding.Holds, ProofStanding.Gone), (holds, revoked));
        Assert.Equal(before, house.Telegram.Messages.Count);
    }

    [Fact]
    public void Links_stand_in_the_longest_message_and_are_written_out_where_Telegram_makes_none()
    {
        var view = MessageView.Of(SampleMessages.Down) with
        {
            Details = new string('x', 9_000),
            Summary = new string('y', 9_000),
        };
        var link = new Uri("http://alivemcp:8080/alerts/acknowledge/2.token");

        var message = TelegramMessage.Of(view, link);

        var text = (string)message["text"]!;
        var marks = message["entities"]!.AsArray();
        Assert.InRange(text.Length, 3_000, 4_096);
        Assert.Contains(link.AbsoluteUri, text, StringComparison.Ordinal);
        Assert.Equal(2, marks.Count(mark => (string?)mark!["type"] == "text_link"));
        Assert.All(
            marks,
            mark => Assert.NotEqual("", text.Substring((int)mark!["offset"]!, (int)mark["length"]!).Trim())
        );
    }

    private async Task<SinkAtHand> AtAsync(string name) =>
        await house.AtHandAsync((int)(await house.AddAsync(Chat(name)))["id"]!);

    private static object Chat(string name) =>
        new
        {
            kind = "telegram",
            name,
            bot_token = FakeTelegram.Token,
            chat_id = FakeTelegram.Chat,
        };

    private Task<SinkAnswer> SendAsync(SinkAtHand at, AlertMessage message, string? thread) =>
        house.Of(SinkKind.Telegram).SendAsync(at, message, thread, CancellationToken.None);

    private Task<ProofStanding> LookAsync(SinkAtHand at) =>
        house
            .Api.Services.GetRequiredService<SinkKinds>()
            .Proof(SinkKind.Telegram)
            .LookAsync(at, CancellationToken.None);

    [GeneratedRegex("[A-Z2-9]{4}-[A-Z2-9]{4}", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
