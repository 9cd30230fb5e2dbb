using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AliveMcp.Tenancy.Requests;

namespace AliveMcp.Alerting.Sinks.Telegram;

/// <summary>A chat and a bot that is in it. The bot's token is the secret; what stands before its colon is the bot's number, which everybody may know.</summary>
internal sealed partial class TelegramSettings : ISinkSettings
{
    private const int Longest = 100;

    public SinkKind Kind => SinkKind.Telegram;

    public IReadOnlyList<string> Fields { get; } = ["bot_token", "chat_id"];

    public IReadOnlyDictionary<string, string> OpenFields { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["chat_id"] = "chat_id" };

    public SinkWish? Read(BodyFields body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var chat = ChatOf(body);
        if (body.Text("bot_token", Longest) is not { } token)
        {
            SinkProblems.Missing(body, "bot_token", "what BotFather gave for the bot, 123456789:…");
            return null;
        }

        if (Token().Match(token) is not { Success: true } match)
        {
            body.Refuse("bot_token", "bot_token_invalid", "is no token of a bot: digits, a colon, letters and digits");
            return null;
        }

        return chat is null
            ? null
            : new SinkWish(
                new JsonObject { ["chat_id"] = chat, ["bot"] = match.Groups["bot"].Value },
                Encoding.ASCII.GetBytes(token)
            );
    }

    public string Describe(JsonElement settings) =>
        $"Telegram chat {ChatOf(settings)}, bot {settings.GetProperty("bot").GetString()}";

    public static string ChatOf(JsonElement settings) => settings.GetProperty("chat_id").GetString() ?? "";

    private static string? ChatOf(BodyFields body)
    {
        if (body.Text("chat_id", Longest) is not { } chat)
        {
            SinkProblems.Missing(body, "chat_id", "the chat's number as a text, \"-1001234567890\", or @channelname");
            return null;
        }

        if (!Chat().IsMatch(chat))
        {
            body.Refuse("chat_id", "chat_id_invalid", "is neither a chat's number, -1001234567890, nor @channelname");
            return null;
        }

        return chat;
    }

    [GeneratedRegex(
        @"\A(?<bot>[0-9]{5,16}):[A-Za-z0-9_-]{30,64}\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Token();

    [GeneratedRegex(
        @"\A(-?[1-9][0-9]{0,17}|@[A-Za-z][A-Za-z0-9_]{3,31})\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Chat();
}
