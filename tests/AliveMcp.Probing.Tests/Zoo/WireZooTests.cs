using AliveMcp.Testing.Zoo;

namespace AliveMcp.Probing.Tests.Zoo;

public sealed class WireZooTests
{
    // A busy machine is late; a probe that never ends is a fault.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private static readonly Dictionary<string, Animal> ByName = WireZoo.All.ToDictionary(animal => animal.Name);

    public static TheoryData<string> Prompt =>
        [.. WireZoo.All.Where(animal => !animal.Waits).Select(animal => animal.Name)];

    [Theory]
    [MemberData(nameof(Prompt))]
    public async Task Every_animal_gets_its_own_state_and_reason(string name)
    {
        var seen = await SeeAsync(ByName[name]);

        Assert.Equal(Due(ByName[name]), seen);
    }

    [Fact]
    public async Task Silence_is_blamed_on_the_step_it_struck_in()
    {
        var silent = WireZoo.All.Where(animal => animal.Waits).ToList();

        // All at once, as each waits out its limits.
        var seen = await Task.WhenAll(silent.Select(SeeAsync));

        Assert.Equal(silent.Select(Due), seen);
    }

    [Fact]
    public void There_are_ninety_animals_at_least() => Assert.True(WireZoo.All.Count >= 90);

    private static (string Name, Expected Seen, bool InTime) Due(Animal animal) =>
        (animal.Name, new Expected(animal.State, animal.Why, animal.FailedAt), true);

    private static async Task<(string Name, Expected Seen, bool InTime)> SeeAsync(Animal animal)
    {
        var began = TimeProvider.System.GetTimestamp();
        var result = await Visit.ToAsync(animal, TestContext.Current.CancellationToken);
        var took = TimeProvider.System.GetElapsedTime(began);
        return (animal.Name, Expected.Of(result), took < animal.Budget + Grace);
    }
}
