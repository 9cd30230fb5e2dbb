using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Judging;

/// <summary>What is wrong at a health URL.</summary>
/// <param name="Why"><see cref="Vocabulary.Why.HealthDown"/> or <see cref="Vocabulary.Why.HealthDegraded"/>.</param>
/// <param name="Detail">Expected beside actual; not yet escaped.</param>
/// <param name="Status">HTTP status of the answer; null when none came.</param>
internal sealed record HealthFault(Why Why, string Detail, int? Status);
