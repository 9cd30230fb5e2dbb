namespace AliveMcp.Vocabulary;

/// <summary>How often a server may be looked at: every 1, 2, 5, 10, 15, 30 or 60 minutes.</summary>
public static class Cadences
{
    /// <summary>The longest, minutes.</summary>
    public const int Longest = 60;

    /// <summary>All of them in minutes, the shortest first.</summary>
    public static IReadOnlyList<int> All { get; } = [1, 2, 5, 10, 15, 30, Longest];

    /// <summary>The shortest cadence that is not shorter than this; <see cref="Longest"/> when all are.</summary>
    public static int AtLeast(double minutes)
    {
        foreach (var cadence in All)
        {
            if (cadence >= minutes)
            {
                return cadence;
            }
        }

        return Longest;
    }
}
