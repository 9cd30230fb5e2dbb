using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Acts;

/// <summary>For the API's description: the settings that a patch may name, all of them optional.</summary>
internal sealed record ServerPatch
{
    public string? Name { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Transport { get; init; }

    public string? Expects { get; init; }

    public IReadOnlyList<string>? ExpectedTools { get; init; }

    public IReadOnlyList<CallSettings>? TestCalls { get; init; }

    public HealthSettings? Health { get; init; }

    public string? Timeout { get; init; }

    public string? SlowAfter { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    public string? Visibility { get; init; }

    public int? Cadence { get; init; }

    public bool? Watch { get; init; }

    public IReadOnlyList<WindowSettings>? Maintenance { get; init; }

    public PromiseSettings? Slo { get; init; }

    public AlertChoices? Alerts { get; init; }

    public IReadOnlyList<string>? DependsOn { get; init; }
}
