namespace AliveMcp.Vocabulary;

/// <summary>The public words of <see cref="ProbeStep"/>.</summary>
public static class StepWords
{
    public static string Name(ProbeStep step) =>
        step switch
        {
            ProbeStep.None => "other",
            ProbeStep.ToolsList => "tools/list",
            ProbeStep.TestCall => "test call",
            ProbeStep.SignIn => "sign-in",
            _ => step.ToString().ToLowerInvariant(),
        };
}
