namespace AliveMcp.Alerting.Changes;

/// <summary>When a trouble is believed, and when it is over.</summary>
/// <param name="Bad">How many planned minutes must be bad, 1 or more.</param>
/// <param name="OutOf">Of how many in a row; not fewer.</param>
/// <param name="Recover">How many good ones in a row end it, 1 or more.</param>
/// <param name="Gap">Minutes without a planned one after which what was before no longer counts.</param>
internal readonly record struct Confirmation(int Bad, int OutOf, int Recover, int Gap)
{
    /// <summary>The usual gap: 10 minutes, and never less than three of the server's own.</summary>
    public static int GapOf(int weight) => Math.Max(10, 3 * weight);

    /// <summary>As many planned minutes in a row as fill a time, at least two.</summary>
    public static Confirmation Lasting(int minutes, int weight, int recover)
    {
        var count = Math.Max(2, (minutes + weight - 1) / weight);
        return new Confirmation(count, count, recover, GapOf(weight));
    }
}
