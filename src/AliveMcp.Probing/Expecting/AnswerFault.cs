using AliveMcp.Vocabulary;

namespace AliveMcp.Probing.Expecting;

/// <summary>What an answer to a test call lacks.</summary>
/// <param name="Why">One of the reasons of the layer <c>test_call</c>.</param>
/// <param name="Detail">Expected beside actual; not yet escaped.</param>
internal sealed record AnswerFault(Why Why, string Detail);
