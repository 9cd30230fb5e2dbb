namespace AliveMcp.Vocabulary;

/// <summary>What the owner expects at the door (<c>expects</c>). The numbers are stored.</summary>
public enum ProtectionExpectation : byte
{
    /// <summary>The first confirmed answer is what is expected from then on.</summary>
    Auto = 0,
    Open = 1,
    Protected = 2,
}
