namespace AliveMcp.House.Tests.Sources;

/// <summary>What a rule found, told whole: a list cut short hides the second half of the work.</summary>
internal static class Faults
{
    public static void None(IEnumerable<string> faults)
    {
        var told = string.Join('\n', faults);
        if (told.Length > 0)
        {
            Assert.Fail(told);
        }
    }
}
