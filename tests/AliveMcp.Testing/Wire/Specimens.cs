namespace AliveMcp.Testing.Wire;

/// <summary>The zoo: servers that are well and servers that are not, by name.</summary>
public static partial class Specimens
{
    /// <summary>The initialize era without sessions, plain JSON.</summary>
    public static Specimen Healthy { get; } = new() { Name = "healthy" };

    public static Specimen HealthyWithSessions { get; } =
        Healthy.Named("healthy with sessions") with
        {
            IssuesSessions = true,
        };

    public static Specimen HealthySse { get; } =
        Healthy.Named("healthy, answers as event streams") with
        {
            Framing = Framing.Sse,
        };

    public static Specimen HealthySseLeftOpen { get; } =
        Healthy.Named("healthy, event streams left open") with
        {
            Framing = Framing.SseLeftOpen,
        };

    /// <summary>The discover era alone.</summary>
    public static Specimen HealthyDiscover { get; } =
        Healthy.Named("healthy, discover era") with
        {
            SpeaksInitialize = false,
            SpeaksDiscover = true,
        };

    /// <summary>Both eras.</summary>
    public static Specimen HealthyDual { get; } =
        Healthy.Named("healthy, both eras") with
        {
            SpeaksDiscover = true,
            IssuesSessions = true,
            Framing = Framing.Sse,
        };

    /// <summary>HTTP+SSE of 2024-11-05.</summary>
    public static Specimen HealthyLegacySse { get; } =
        Healthy.Named("healthy, legacy SSE") with
        {
            IsLegacySse = true,
            Path = "/sse",
            ProtocolVersion = "2024-11-05",
        };

    public static Specimen NoTools { get; } = Healthy.Named("offers no tools") with { OffersTools = false };
}
