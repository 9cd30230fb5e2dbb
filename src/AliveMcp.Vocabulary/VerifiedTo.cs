namespace AliveMcp.Vocabulary;

/// <summary>How deep a probe saw. The numbers are stored.</summary>
public enum VerifiedTo : byte
{
    Nothing = 0,
    Gate = 1,
    Handshake = 2,
    Tools = 3,
    TestCall = 4,
}
