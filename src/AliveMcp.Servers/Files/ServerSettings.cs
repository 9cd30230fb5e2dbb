using System.Text.Json;
using System.Text.Json.Serialization;
using AliveMcp.Servers.Alerts;
using AliveMcp.Servers.Maintenance;
using AliveMcp.Servers.Objectives;

namespace AliveMcp.Servers.Files;

/// <summary>
/// A server as its owner sets it: the fields of one entry of the servers file, and the body of <c>PUT /servers/{slug}</c>. Written by
/// <see cref="SettingsWriter"/>, read by <see cref="EntryReader"/>: what is written and read again changes nothing.
/// </summary>
internal sealed record ServerSettings
{
    /// <summary>1 to 63 of a-z, 0-9 and -; unique among the tenant's servers and never changed.</summary>
    public required string Slug { get; init; }

    /// <summary>The slug unless told.</summary>
    public string? Name { get; init; }

    /// <summary>Absolute http or https URL of the MCP endpoint.</summary>
    public required string Url { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary><c>auto</c> (unless told), <c>http</c> or <c>sse</c>.</summary>
    public string? Transport { get; init; }

    /// <summary><c>auto</c> (unless told), <c>open</c> or <c>protected</c>.</summary>
    public string? Expects { get; init; }

    public IReadOnlyList<string>? ExpectedTools { get; init; }

    public IReadOnlyList<CallSettings>? TestCalls { get; init; }

    public HealthSettings? Health { get; init; }

    /// <summary>For example <c>5s</c>; 1s to 30s.</summary>
    public string? Timeout { get; init; }

    /// <summary>For example <c>800ms</c>; 100ms to 30s.</summary>
    public string? SlowAfter { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary><c>public</c> (unless told) or <c>private</c>.</summary>
    public string? Visibility { get; init; }

    /// <summary>Minutes between two looks: 1, 2, 5, 10, 15, 30 or 60; the plan's shortest unless told.</summary>
    public int? Cadence { get; init; }

    /// <summary>False: paused. True unless told.</summary>
    public bool? Watch { get; init; }

    public IReadOnlyList<WindowSettings>? Maintenance { get; init; }

    public PromiseSettings? Slo { get; init; }

    public AlertChoices? Alerts { get; init; }

    /// <summary>Slugs of own servers that it cannot do without, at most 10.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }
}

/// <summary>One call of one tool.</summary>
internal sealed record CallSettings
{
    public required string Tool { get; init; }

    /// <summary>A JSON object; empty unless told.</summary>
    public JsonElement? Arguments { get; init; }

    /// <summary>The owner vouches that calling this every minute does no harm.</summary>
    public bool? Allow { get; init; }

    public string? Contains { get; init; }

    public string? JsonPath { get; init; }

    /// <summary>What <c>json_path</c> must select.</summary>
    [JsonPropertyName("equals")]
    public JsonElement? Wanted { get; init; }

    /// <summary>A JSON Schema of the answer.</summary>
    public JsonElement? Schema { get; init; }

    /// <summary>For example <c>800ms</c>.</summary>
    public string? Within { get; init; }

    /// <summary><c>degraded</c> (unless told) or <c>down</c>.</summary>
    public string? Failure { get; init; }
}

/// <summary>A health URL beside the MCP endpoint.</summary>
internal sealed record HealthSettings
{
    public required string Url { get; init; }

    /// <summary>Minutes between two looks, 1 to 5.</summary>
    public int? Every { get; init; }

    public int? Status { get; init; }

    public string? Contains { get; init; }
}

/// <summary>A planned maintenance.</summary>
internal sealed record WindowSettings
{
    /// <summary>RFC 3339, with its offset.</summary>
    public required string From { get; init; }

    /// <summary>RFC 3339, with its offset; at most 31 days after <c>from</c>.</summary>
    public required string To { get; init; }

    public string? Note { get; init; }

    /// <summary>When it comes again: a rule of RFC 5545, for example <c>FREQ=WEEKLY;BYDAY=SU</c>.</summary>
    public string? Rrule { get; init; }

    /// <summary>By whose clocks it comes again, for example <c>Europe/Zurich</c>; UTC unless told.</summary>
    public string? Zone { get; init; }

    public static WindowSettings Of(MaintenanceSpan span) =>
        new()
        {
            From = Instant(span.From),
            To = Instant(span.To),
            Note = span.Note,
            Rrule = span.Rule,
            Zone = span.Zone,
        };

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What the owner wants to hear of, and when.</summary>
internal sealed record AlertChoices
{
    /// <summary>Down minutes that make an outage, of how many planned ones: for example <c>2 of 3</c>.</summary>
    public string? Confirm { get; init; }

    /// <summary>Minutes in a row that are not down and end an outage, 1 to 30; 2 unless told.</summary>
    public int? Recover { get; init; }

    /// <summary>By kind of alert: <c>P1</c> (wakes somebody) to <c>P4</c> (is only written down).</summary>
    public IReadOnlyDictionary<string, string>? Severity { get; init; }

    /// <summary>Kinds that are not wanted.</summary>
    public IReadOnlyList<string>? Off { get; init; }

    /// <summary>Kinds that are off unless told, and are wanted.</summary>
    public IReadOnlyList<string>? On { get; init; }

    /// <summary>Null when everything is as usual.</summary>
    public static AlertChoices? Of(AlertSettings settings) =>
        settings == AlertSettings.Usual
            ? null
            : new AlertChoices
            {
                Confirm = settings.Confirm is { } bad
                    ? string.Create(CultureInfo.InvariantCulture, $"{bad} of {settings.OutOf ?? bad}")
                    : null,
                Recover = settings.Recover,
                Severity =
                    settings.Severity.Count == 0
                        ? null
                        : settings.Severity.ToDictionary(
                            pair => pair.Key,
                            pair => FileWords.Word(FileWords.Severities, pair.Value),
                            StringComparer.Ordinal
                        ),
                Off = settings.Off.Count == 0 ? null : settings.Off,
                On = settings.On.Count == 0 ? null : settings.On,
            };
}

/// <summary>What is promised of the uptime.</summary>
internal sealed record PromiseSettings
{
    /// <summary>Percent, 50 to 99.999.</summary>
    public required decimal Target { get; init; }

    /// <summary><c>30d</c> (unless told) or <c>month</c>.</summary>
    public string? Window { get; init; }

    public static PromiseSettings Of(Objective objective) =>
        new() { Target = objective.TargetPercent, Window = ObjectiveWords.Word(objective.Window) };
}
