using AliveMcp.Vocabulary;

namespace AliveMcp.Testing.History;

/// <summary>What a server is like.</summary>
/// <param name="Style">Who looks at it.</param>
/// <param name="Pace">How quick it is: 0 to 3, each some three times slower than the one before.</param>
/// <param name="Retention">In which class it is kept.</param>
/// <param name="ContractChanged">From when on it shows its second list of tools.</param>
internal readonly record struct ServerTraits(
    LookStyle Style,
    int Pace,
    RetentionClass Retention,
    MinuteStamp ContractChanged
);
