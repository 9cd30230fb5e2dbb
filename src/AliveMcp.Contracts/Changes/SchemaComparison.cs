namespace AliveMcp.Contracts.Changes;

internal sealed class SchemaComparison
{
    public static void Compare(
        ChangeList changes,
        Place at,
        JsonPiece before,
        JsonPiece after,
        Direction direction,
        VersionFields ignored
    )
    {
        _ = ignored;
        var @class = Shifts.Class(Shift.Changed, direction);
        changes.Add(@class, "not_comparable", at, "The schema changed.", before, after);
    }
}
