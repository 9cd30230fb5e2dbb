using System.Globalization;
using System.Text.Json.Nodes;
using AliveMcp.Dashboard.Pages;
using AliveMcp.Servers.Alerts;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Dashboard.Servers;

/// <summary>The alerts of a server as their form holds them: as typed, whether it can be read or not.</summary>
public sealed record AlertDraft
{
    /// <summary>Of every kind, by its word: empty is as usual, <c>off</c>, <c>on</c>, or <c>P1</c> to <c>P4</c>.</summary>
    public IReadOnlyDictionary<string, string> Kinds { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>For example <c>2 of 3</c>; empty: as usual.</summary>
    public string Confirm { get; init; } = "";

    /// <summary>Minutes; empty: as usual.</summary>
    public string Recover { get; init; } = "";

    /// <summary>As it is kept.</summary>
    public static AlertDraft Of(OwnAlerts alerts)
    {
        ArgumentNullException.ThrowIfNull(alerts);
        return new AlertDraft
        {
            Confirm = alerts.Confirm ?? "",
            Recover = alerts.Recover?.ToString(CultureInfo.InvariantCulture) ?? "",
            Kinds = AlertKinds.Words.ToDictionary(
                kind => kind,
                kind =>
                    alerts.Off.Contains(kind, StringComparer.Ordinal) ? "off"
                    : alerts.Severity.TryGetValue(kind, out var severity) ? severity
                    : alerts.On.Contains(kind, StringComparer.Ordinal) ? "on"
                    : "",
                StringComparer.Ordinal
            ),
        };
    }

    internal static AlertDraft Of(IFormCollection form) =>
        new()
        {
            Confirm = form.Text("confirm"),
            Recover = form.Text("recover"),
            Kinds = AlertKinds.Words.ToDictionary(
                kind => kind,
                kind => form.Text("kind_" + kind),
                StringComparer.Ordinal
            ),
        };

    /// <summary>The mapping <c>alerts</c>; what of <paramref name="kept"/> has no field here stays.</summary>
    internal JsonObject ToBody(OwnAlerts kept)
    {
        var body = new JsonObject();
        if (Confirm.Length > 0)
        {
            body["confirm"] = Confirm;
        }

        if (Recover.Length > 0)
        {
            body["recover"] = int.TryParse(Recover, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
                ? minutes
                : Recover;
        }

        body["off"] = List(kind => Kinds[kind] == "off");
        // What was off unless told, and was wanted, stays so when it gets a severity.
        body["on"] = List(kind =>
            Kinds[kind] == "on" || (Kinds[kind].StartsWith('P') && kept.On.Contains(kind, StringComparer.Ordinal))
        );
        var severity = new JsonObject();
        foreach (var (kind, chosen) in Kinds)
        {
            // A kind that is off keeps the severity that it has when it is on.
            var said = chosen == "off" ? kept.Severity.GetValueOrDefault(kind) : chosen;
            if (said?.StartsWith('P') == true)
            {
                severity[kind] = said;
            }
        }

        if (severity.Count > 0)
        {
            body["severity"] = severity;
        }

        return body;
    }

    private static JsonArray List(Func<string, bool> which) =>
        new([.. AlertKinds.Words.Where(which).Select(word => (JsonNode)JsonValue.Create(word))]);
}
