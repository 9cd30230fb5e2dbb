using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>What happened from one minute up to another. Spells of a server do not overlap; outside of them it is live.</summary>
/// <param name="From">Its first minute.</param>
/// <param name="To">The first minute after it.</param>
/// <param name="Kind">What is seen.</param>
/// <param name="Why">The reason that is given.</param>
/// <param name="Maintenance">It was planned.</param>
public sealed record Spell(MinuteStamp From, MinuteStamp To, SpellKind Kind, Why Why, bool Maintenance);
