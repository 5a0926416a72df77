package adjoint.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import adjoint.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small Python in which reference cases are written: what it prints is what Python prints. */
class PythonTest {
    private static Map<String, Object> run(String program) {
        Map<String, Object> variables = new HashMap<>();
        PythonRun.run(program, variables);
        return variables;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            1 < 2 < 3                                    ¦ True
            1 < 3 < 2                                    ¦ False
            3 > 2 == 2 != 1                              ¦ True
            7 // 2, -7 // 2, 7 % -3, 2 ** 10, 2 ** -1     ¦ (3, -4, -2, 1024, 0.5)
            7 / 2, 7.5 // 2, -7.5 % 2, 1e16, 1e-5, 0.1    ¦ (3.5, 3.0, 0.5, 1e+16, 1e-05, 0.1)
            1 == 1.0, True + True, not 0, 3 & 6, 1 << 4   ¦ (True, 2, True, 2, 16)
            -2 ** 2, ~5, +3, not not []                   ¦ (-4, -6, 3, False)
            0 or "a", 1 and [], None or 0                 ¦ ('a', [], 0)
            1 if [] else 2                                ¦ 2
            [1, 2] + [3], [0] * 3, (1,) + (2,), "ab" * 2  ¦ ([1, 2, 3], [0, 0, 0], (1, 2), 'abab')
            [1, 2, 3][-1], [1, 2, 3, 4][1:3], "hello"[1:] ¦ (3, [2, 3], 'ello')
            [1, 2, 3, 4][::-1], (1, 2, 3)[::2], "abc"[-2] ¦ ([4, 3, 2, 1], (1, 3), 'b')
            (1, 2) == (1, 2.0), [1] == (1,), None == 0    ¦ (True, False, False)
            (1, 2) < (1, 3), "a" < "b", [2] > [1, 5]      ¦ (True, True, True)
            2 in [1, 2], "b" not in "abc", 1 in {1: 2}    ¦ (True, False, True)
            [y * y for y in range(4) if y % 2 == 1]       ¦ [1, 9]
            [a + b for a, b in [(1, 2), (3, 4)]]          ¦ [3, 7]
            [(i, j) for i in range(2) for j in range(i)]  ¦ [(1, 0)]
            {k: v for k, v in zip("ab", [1, 2])}          ¦ {'a': 1, 'b': 2}
            {1, 1, 2}, {**{'a': 1}, 'b': 2}, [*range(3)]  ¦ ({1, 2}, {'a': 1, 'b': 2}, [0, 1, 2])
            sum(i for i in range(5)), max(3, 1), min([2]) ¦ (10, 3, 2)
            max("ab", "b", key=len), sorted([3, 1])[0]    ¦ ('ab', 1)
            sorted("bca", reverse=True), any([0, 1])      ¦ (['c', 'b', 'a'], True)
            list(range(5, 0, -2)), list(map(str, [1, 2])) ¦ ([5, 3, 1], ['1', '2'])
            list(enumerate("ab", 1)), list(zip([1], [2])) ¦ ([(1, 'a'), (2, 'b')], [(1, 2)])
            int("12") + int(3.9), float("1e3"), bool([])  ¦ (15, 1000.0, False)
            round(2.5), round(3.14159, 2), abs(-3), divmod(7, 2) ¦ (2, 3.14, 3, (3, 1))
            isinstance(1, int), isinstance(1.0, (int, float)), isinstance("a", list) ¦ (True, True, False)
            type(1).__name__, len("abc"), len({1: 2})     ¦ ('int', 3, 1)
            (lambda x, y=2, *a, **k: (x, y, a, k))(1)     ¦ (1, 2, (), {})
            (lambda x, *a, **k: (x, a, k))(1, 2, 3, z=4)  ¦ (1, (2, 3), {'z': 4})
            (lambda a, b: a - b)(*[5], **{'b': 3})        ¦ 2
            math.sqrt(16), math.floor(-1.5), math.inf     ¦ (4.0, -2, inf)
            math.log(8, 2) > 2.99, math.gcd(12, 18)       ¦ (True, 6)
            functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]) ¦ 24
            """)
    void knowsExpressions(String code, String value) {
        assertThat(Torch.text(PythonRun.value(code, new HashMap<>()))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            f"{1.5:.3f} {2:>4}|{'a':<3}|{3:03d}"           ¦ 1.500    2|a  |003
            f"{1234567:,} {0.25:.1%} {1e-7:.2e} {True}"    ¦ 1,234,567 25.0% 1.00e-07 True
            f"{'x'!r} {[1, 2.0]} {{}} {1 + 1=}"            ¦ 'x' [1, 2.0] {} 1 + 1=2
            f"{3.14159:{'.2f'}} {-1:+d} {1:+d} {5:^5}|"    ¦ 3.14 -1 +1   5  |
            f"{0.0001234:g} {1e20:g} {100000.0:g} {0.5:g}" ¦ 0.000123400 1e+20 100000 0.5
            "%d %5.2f %s %r %%" % (3, 2.5, "a", "b")       ¦ 3  2.50 a 'b' %
            "%s" % [1, 2]                                  ¦ [1, 2]
            "{} {0} {a:.1f}".replace("{0} ", "").format(1, a=2) ¦ 1 2.0
            "{1}-{0}".format("a", "b")                     ¦ b-a
            ",".join(["a", "b"]) + "a b".split()[1]        ¦ a,bb
            "  x ".strip() + "Ab".lower() + "ab".upper()    ¦ xabAB
            "a-b-c".split("-", 1)[1] + "abc".replace("b", "") ¦ b-cac
            str("abc".startswith("ab")) + "7".zfill(3)      ¦ True007
            "a" "b" f"{1}"                                  ¦ ab1
            "tab\\t" + r"raw\\n" + 'it\\'s'                    ¦ tab\traw\\nit's
            """)
    void formatsTexts(String code, String value) {
        assertThat(Torch.text(PythonRun.value(code, new HashMap<>())))
                .isEqualTo(value.replace("0.000123400", "0.0001234"));
    }

    @Test
    void runsStatements() {
        var x = run("""
                # a comment
                import torch.nn.functional as F, math
                from torch import (nn, optim as o)
                a, (b, *c) = 1, (2, 3, 4)
                d = e = [0]; d += [1]
                d[0] = 5; d[2:] = [7, 8]; del d[1]
                total = 0
                for i, (j, k) in enumerate([(1, 2), (3, 4)]):
                    if i == 5: break
                    total += j * k
                else:
                    total += 100
                while True:
                    total += 1
                    if total % 2: continue
                    if total > 118:
                        break
                long = (1 +
                        2)
                z: int = 3
                def fib(n: int, memo={}) -> int:
                    '''a text'''
                    if n < 2:
                        return n
                    if n not in memo:
                        memo[n] = fib(n - 1) + fib(n - 2)
                    return memo[n]
                f30 = fib(30)
                count = 0
                def tick(by=1, *, twice=False):
                    global count
                    count += by * (2 if twice else 1)
                tick(); tick(3, twice=True)
                def outer():
                    n = 0
                    def inner():
                        nonlocal n
                        n += 1
                        return n
                    inner()
                    return inner()
                two = outer()
                def pairs(n):
                    for i in range(n):
                        yield i, i * i
                    yield from [(9, 9)]
                ps = list(pairs(2))
                if (n := len(ps)) > 2: big = n
                relu = F.relu(torch.tensor([-1., 2.])).tolist()
                """);
        assertThat(x)
                .containsEntry("a", 1L)
                .containsEntry("total", 120L)
                .containsEntry("long", 3L)
                .containsEntry("z", 3L)
                .containsEntry("f30", 832040L)
                .containsEntry("count", 7L)
                .containsEntry("two", 2L)
                .containsEntry("big", 3L);
        assertThat(x.get("c")).hasToString("[3, 4]");
        assertThat(x.get("e")).hasToString("[5, 7, 8]");
        assertThat(Torch.text(x.get("ps"))).isEqualTo("[(0, 0), (1, 1), (9, 9)]");
        assertThat(x.get("relu")).hasToString("[0.0, 2.0]");
    }

    @Test
    void knowsErrors() {
        var x = run("""
                caught = []
                class Own(ValueError): pass
                for i in range(6):
                    try:
                        if i == 0: raise ValueError("zero")
                        if i == 1: [][3]
                        if i == 2: torch.ones(2).sum().backward()
                        if i == 3: assert i < 0, "three"
                        if i == 4: raise Own("mine")
                        caught.append("none")
                    except (IndexError, KeyError):
                        caught.append("index")
                    except Own as e:
                        caught.append(str(e))
                    except ValueError as e:
                        caught.append(str(e))
                    except RuntimeError:
                        caught.append("torch")
                    except:
                        caught.append("any")
                    finally:
                        last = i
                """);
        assertThat(x.get("caught")).hasToString("[zero, index, torch, any, mine, none]");
        assertThat(x).containsEntry("last", 5L);
        assertThatThrownBy(() -> run("1 / 0")).isInstanceOf(PythonError.class);
    }

    @Test
    void knowsClasses() {
        var x = run("""
                class Animal:
                    kinds = 0
                    def __init__(self, name, legs=4):
                        self.name, self.legs = name, legs
                        Animal.kinds += 1
                    def __repr__(self): return f"<{self.name}>"
                    def __len__(self): return self.legs
                    def __getitem__(self, i): return self.name[i]
                    def __add__(self, other): return Animal(self.name + other.name, self.legs + other.legs)
                    def __call__(self, sound): return self.speak(sound)
                    def speak(self, sound): return self.name + " says " + sound
                    def sum(self): return sum([self.legs])
                    @property
                    def upper(self): return self.name.upper()
                    @staticmethod
                    def add(a, b): return a + b
                    @classmethod
                    def make(cls): return cls("made")
                class Bird(Animal):
                    def __init__(self, name):
                        super().__init__(name, 2)
                    def speak(self, sound): return super().speak(sound) + "!"
                b = Bird("tit")
                texts = [str(b), b("peep"), b.upper, b[0], str(b + b), len(b), b.sum(), Animal.add(1, 2)]
                made = Animal.make().name
                kinds = Animal.kinds
                is_a = isinstance(b, Animal), isinstance(b, Bird), type(b).__name__, hasattr(b, "wings")
                """);
        assertThat(Torch.text(x.get("texts")))
                .isEqualTo("['<tit>', 'tit says peep!', 'TIT', 't', '<tittit>', 2, 2, 3]");
        assertThat(x).containsEntry("made", "made").containsEntry("kinds", 3L);
        assertThat(Torch.text(x.get("is_a"))).isEqualTo("(True, True, 'Bird', False)");
    }

    @Test
    void knowsModules() {
        var x = run("""
                class Block(nn.Module):
                    def __init__(self, n):
                        super().__init__()
                        self.linear = nn.Linear(n, n)
                        self.scale = nn.Parameter(torch.ones(n))
                        self.register_buffer("seen", torch.zeros(1))
                        self.plain = torch.ones(7)
                    def forward(self, x, twice=False):
                        self.seen += 1
                        y = self.linear(x) * self.scale
                        return y * 2 if twice else y
                net = nn.Sequential(Block(2), nn.Linear(2, 1))
                y = net(torch.ones(3, 2))
                y.sum().backward()
                z = net[0](torch.ones(1, 2), twice=True)
                names = [n for n, _ in net.named_parameters()]
                state = list(net.state_dict().keys())
                grad = net[0].scale.grad is not None
                seen = net[0].seen.item()
                text = repr(net)
                training = net[0].training, net.eval()[0].training
                """);
        assertThat(x.get("names")).hasToString("[0.scale, 0.linear.weight, 0.linear.bias, 1.weight, 1.bias]");
        assertThat(x.get("state")).hasToString("[0.scale, 0.seen, 0.linear.weight, 0.linear.bias, 1.weight, 1.bias]");
        assertThat(x).containsEntry("grad", true).containsEntry("seen", 2.0);
        assertThat(Torch.text(x.get("training"))).isEqualTo("(True, False)");
        assertThat(x).containsEntry("text", """
                Sequential(
                  (0): Block(
                    (linear): Linear(in_features=2, out_features=2, bias=True)
                  )
                  (1): Linear(in_features=2, out_features=1, bias=True)
                )""");
    }

    @Test
    void knowsModelsOfModels() {
        var x = run("""
                class Net(nn.Module):
                    def __init__(self):
                        super().__init__()
                        self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(3)])
                        self.heads = nn.ModuleDict({'a': nn.Linear(2, 1)})
                    def forward(self, x):
                        for layer in self.layers:
                            x = torch.tanh(layer(x))
                        return {name: head(x) for name, head in self.heads.items()}
                net = Net()
                shape = net(torch.ones(1, 2))['a'].shape
                def fill(m):
                    if type(m) == nn.Linear: nn.init.ones_(m.weight)
                _ = net.apply(fill)
                filled = sum(p.sum().item() for n, p in net.named_parameters() if n.endswith('weight'))
                loaded = str(net.load_state_dict(net.state_dict()))
                size = len(net.layers), net.layers[-1].weight.shape[0], 'a' in net.heads
                text = repr(net)
                """);
        assertThat(Torch.text(x.get("shape"))).isEqualTo("torch.Size([1, 1])");
        assertThat(x).containsEntry("filled", 14.0).containsEntry("loaded", "<All keys matched successfully>");
        assertThat(Torch.text(x.get("size"))).isEqualTo("(3, 2, True)");
        assertThat((String) x.get("text"))
                .contains("(0-2): 3 x Linear(in_features=2")
                .contains("(heads): ModuleDict(");
    }

    @Test
    void knowsFunctionsWithGradientsOfTheirOwn() {
        var x = run("""
                class Scale(torch.autograd.Function):
                    @staticmethod
                    def forward(ctx, x, by, y):
                        ctx.save_for_backward(x, y)
                        ctx.by = by
                        needs.append(ctx.needs_input_grad)
                        return x * by * y, x + y
                    @staticmethod
                    def backward(ctx, g, h):
                        x, y = ctx.saved_tensors
                        return g * ctx.by * y + h, None, g * ctx.by * x + h
                needs = []
                a = torch.tensor([1., 2.], requires_grad=True)
                b = torch.tensor([3., 4.], requires_grad=True)
                p, s = Scale.apply(a, 10, b)
                g, = torch.autograd.grad((p * p + s).sum(), a, create_graph=True)
                g.sum().backward()
                with torch.no_grad():
                    q, _ = Scale.apply(a, 2, torch.ones(2))
                """);
        assertThat(((Tensor) x.get("g")).toDoubles()).containsExactly(1801, 6401);
        assertThat(((Tensor) x.get("a")).grad().toDoubles()).containsExactly(1800, 3200);
        assertThat(((Tensor) x.get("b")).grad().toDoubles()).containsExactly(1200, 3200);
        assertThat(Torch.text(x.get("needs"))).isEqualTo("[(True, False, True), (True, False, False)]");
        assertThat(((Tensor) x.get("q")).requiresGrad()).isFalse();
    }

    @Test
    void switchesRecording() {
        var x = run("""
                x = torch.ones(2, requires_grad=True)
                @torch.no_grad()
                def f(x): return x * 2
                a = f(x).requires_grad
                with torch.no_grad():
                    with torch.enable_grad():
                        b = (x * 2).requires_grad
                    with torch.set_grad_enabled(True): c = (x * 2).requires_grad
                    d = torch.is_grad_enabled()
                with torch.inference_mode(): e = (x * 2).requires_grad
                all = [a, b, c, d, e, (x * 2).requires_grad]
                """);
        assertThat(x.get("all")).hasToString("[false, true, true, false, false, true]");
    }

    /** What is not known is no error of the library, and passes nowhere. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1 @@ 2", "x = 3j", "async def f(): pass", "[].nothing()", "b'x'", "match x:\n  case 1: pass"})
    void saysWhatItDoesNotKnow(String code) {
        assertThatThrownBy(() -> run(code)).isInstanceOf(Unsupported.class);
    }
}
