namespace AliveMcp.Contracts.Changes;

/// <summary>Which side writes the values of a schema: what may be sent to a tool, or what comes back.</summary>
internal enum Direction
{
    /// <summary>Callers write: a schema that lets less pass breaks them.</summary>
    Input,

    /// <summary>The tool writes: a schema that lets more pass breaks those who read.</summary>
    Output,
}

/// <summary>How what a schema lets pass relates to what it let pass before.</summary>
internal enum Shift
{
    Same,
    Narrowed,
    Widened,

    /// <summary>Some of both, or not to be told.</summary>
    Changed,
}

/// <summary>What a shift means to callers.</summary>
internal static class Shifts
{
    public static ChangeClass Class(Shift shift, Direction direction) =>
        (shift, direction) switch
        {
            (Shift.Same, _) => ChangeClass.Text,
            (Shift.Widened, Direction.Input) or (Shift.Narrowed, Direction.Output) => ChangeClass.Additive,
            _ => ChangeClass.Breaking,
        };

    public static string Word(Shift shift) =>
        shift switch
        {
            Shift.Narrowed => "narrowed",
            Shift.Widened => "widened",
            _ => "changed",
        };
}
