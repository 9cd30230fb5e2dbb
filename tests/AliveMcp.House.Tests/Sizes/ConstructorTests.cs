using System.Reflection;
using AliveMcp.House.Tests.Map;

namespace AliveMcp.House.Tests.Sizes;

public sealed class ConstructorTests
{
    private sealed class Crowded(int a, int b, int c, int d, int e, int f)
    {
        public int Sum => a + b + c + d + e + f;
    }

    private sealed record Travels(int A, int B, int C, int D, int E, int F);

    [Fact]
    public void Constructors_take_five_things_at_most()
    {
        var types = References.OfProjects().Keys.SelectMany(name => Assembly.Load($"AliveMcp.{name}").GetTypes());

        Sources.Faults.None(ConstructorRule.Faults(types));
    }

    [Fact]
    public void Poisoned_a_crowded_constructor_is_told_and_a_record_is_not()
    {
        Assert.Equal(
            [$"{typeof(Crowded).FullName} is constructed from 6 things; 5 at most."],
            ConstructorRule.Faults([typeof(Crowded), typeof(Travels)])
        );
    }
}
