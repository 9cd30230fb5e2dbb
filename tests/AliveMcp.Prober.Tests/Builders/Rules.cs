using AliveMcp.Egress;
using AliveMcp.Prober.Supervisor;
using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Tests.Builders;

/// <summary>Settings and rules for cells that are real processes.</summary>
internal static class Rules
{
    public static ProberOptions Options(int memory = 256, int isolated = 2) =>
        new()
        {
            Desk = new Uri("http://127.0.0.1:1/"),
            Token = FakeDesk.Token,
            Region = Region.Of("local"),
            Name = "p",
            InFlight = 10,
            CellMemory = memory,
            SharedCellMemory = memory,
            IsolatedCells = isolated,
            ExitWithStdin = false,
            Egress = new EgressOptions(),
        };

    public static CellRules ForCells(ProberOptions? options = null, Diary? diary = null)
    {
        options ??= Options();
        return new CellRules(options, Book(diary), TimeProvider.System)
        {
            Program = mebibytes =>
            {
                var start = CellStart.Make(mebibytes);
                start.Environment["Egress__AllowPrivate"] = "true";
                return start;
            },
        };
    }

    public static CellBook Book(Diary? diary = null) => new(Options(), diary ?? new Diary());
}
