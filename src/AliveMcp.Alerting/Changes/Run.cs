namespace AliveMcp.Alerting.Changes;

/// <summary>
/// How one kind of trouble stands: the planned minutes that lead to it, or the trouble itself. Confirmed by m bad ones of the last n,
/// over after some good ones in a row. A minute that changes nothing gives the same run back.
/// </summary>
internal sealed record Run
{
    public static Run Calm { get; } = new();

    /// <summary>From the first bad one on; empty while there is none, and while the trouble lasts.</summary>
    public IReadOnlyList<Mark> Recent { get; init; } = [];

    public Trouble? Open { get; init; }

    public bool IsCalm => Open is null && Recent.Count == 0;

    /// <summary>The run after one more minute.</summary>
    public Run Next(TrackedMinute minute, Bearing bearing, Confirmation confirmation) =>
        bearing == Bearing.Skip ? this
        : Open is { } open ? Last(open, minute, bearing, confirmation.Recover)
        : Lead(minute, bearing, confirmation);

    private Run Lead(TrackedMinute minute, Bearing bearing, Confirmation confirmation)
    {
        var isGap = Recent.Count > 0 && minute.Minute.Value - Recent[^1].Minute > confirmation.Gap;
        var recent = (isGap ? [] : Recent)
            .Append(new Mark(minute.Minute.Value, bearing == Bearing.Bad))
            .TakeLast(confirmation.OutOf)
            .SkipWhile(mark => !mark.IsBad)
            .ToList();
        if (recent.Count(mark => mark.IsBad) < confirmation.Bad)
        {
            return recent.Count == 0 && Recent.Count == 0 ? this : new Run { Recent = recent };
        }

        return new Run
        {
            Open = new Trouble
            {
                StartedIn = recent[0].Minute,
                ConfirmedIn = minute.Minute.Value,
                Reason = minute.Why,
            },
        };
    }

    private Run Last(Trouble open, TrackedMinute minute, Bearing bearing, int recover)
    {
        if (bearing == Bearing.Bad)
        {
            return open.Goods == 0 ? this : this with { Open = open with { Goods = 0, GoodSince = null } };
        }

        return open.Goods + 1 >= recover
            ? Calm
            : this with
            {
                Open = open with { Goods = open.Goods + 1, GoodSince = open.GoodSince ?? minute.Minute.Value },
            };
    }
}
