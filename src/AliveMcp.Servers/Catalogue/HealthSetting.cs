using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Servers.Catalogue;

/// <summary>A health URL and how often it is looked at.</summary>
/// <param name="Every">Minutes between two looks, 1 to 5.</param>
public sealed record HealthSetting(HealthCheck Check, int Every);
