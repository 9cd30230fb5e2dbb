using System.Text.Json;
using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Catalogue;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Vocabulary;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Files;

/// <summary>Writes a server as its owner set it. What is as it would be without a word is left out, but for visibility and cadence, which nobody should have to guess.</summary>
internal static class SettingsWriter
{
    public static ServerSettings Write(Server server, IEnumerable<MaintenanceSpan> maintenance) =>
        new()
        {
            Slug = server.Slug,
            Name = server.Name == server.Slug ? null : server.Name,
            Url = server.Url,
            Tags = Some(server.Tags),
            Transport = Unless(McpTransport.Auto, server.Transport, FileWords.Transports),
            Expects = Unless(ProtectionExpectation.Auto, server.Expects, FileWords.Expectations),
            ExpectedTools = Some(server.ExpectedTools),
            TestCalls = Some([.. StoredExpectations.ReadCalls(server.TestCalls).Select(Call)]),
            Health = StoredExpectations.ReadHealth(server.Health) is { } health ? Health(health) : null,
            Timeout = Milliseconds(server.TimeoutMs),
            SlowAfter = Milliseconds(server.SlowAfterMs),
            Regions = Some(server.Regions),
            Visibility = FileWords.Word(FileWords.Visibilities, server.Visibility),
            Cadence = server.Weight,
            Watch = server.PausedAt is null ? null : false,
            Maintenance = Some([
                .. maintenance.OrderBy(span => span.From).ThenBy(span => span.To).Select(WindowSettings.Of),
            ]),
            Slo = server.Promised is { } promised ? PromiseSettings.Of(promised) : null,
            Alerts = AlertChoices.Of(StoredAlerts.Read(server.Alerts)),
            DependsOn = Some(server.DependsOn),
        };

    private static CallSettings Call(TestCall call) =>
        new()
        {
            Tool = call.Tool,
            Arguments = call.Arguments == "{}" ? null : Json(call.Arguments),
            Allow = call.AllowListed ? true : null,
            Contains = call.Contains,
            JsonPath = call.JsonPath,
            Wanted = Json(call.JsonPathEquals),
            Schema = Json(call.Schema),
            Within = Milliseconds((int?)call.Within?.TotalMilliseconds),
            Failure = call.FailureIsDown ? FileWords.Word(FileWords.Failures, true) : null,
        };

    private static HealthSettings Health(HealthSetting health) =>
        new()
        {
            Url = health.Check.Url.OriginalString,
            Every = health.Every == 1 ? null : health.Every,
            Status = health.Check.Status,
            Contains = health.Check.Contains,
        };

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);

    private static string? Unless<T>(T otherwise, T value, IReadOnlyDictionary<string, T> words) =>
        EqualityComparer<T>.Default.Equals(value, otherwise) ? null : FileWords.Word(words, value);

    private static T[]? Some<T>(T[] items) => items.Length == 0 ? null : items;

    private static string? Milliseconds(int? count) =>
        count is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known}ms") : null;
}
