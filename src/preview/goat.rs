//! `goat` fences: a drawing made of characters, as the SVG Hugo makes of it.
//!
//! Lines are `-`, `_`, `|`, `/` and `\`; `.`, `'`, `+`, `*` and `o` join them; `<`, `>`, `^` and `v` are arrows; `(` and `)` are
//! bridges over a line. The rest is text, and so are such characters among letters. A cell is 8 units wide and 16 high.
//! The rules were found by trying with Hugo 0.168; of single slashes beside other lines some come out differently.

use std::fmt::Write as _;

use super::escape::go_escape;

/// A cell's width and height.
const WIDE: i32 = 8;
const HIGH: i32 = 16;

/// More cells than this are not drawn: nobody draws such a thing.
const MOST: usize = 100_000;

/// Writes the drawing. `class` goes on the box around it.
pub(super) fn diagram(text: &str, class: &str, out: &mut String) {
    let grid = Grid::new(text.trim_end_matches(['\n', '\r']));
    // Writing to a String cannot fail, here and below.
    let _ = write!(
        out,
        "<div class=\"goat svg-container {}\">\n\t\n\t\t<svg\n\t\t\txmlns=\"http://www.w3.org/2000/svg\"\n\t\t\t\
         font-family=\"Menlo,Lucida Console,monospace\"\n\t\t\t\n\t\t\t\tviewBox=\"0 0 {} {}\"\n\t\t\t>\n\t\t\t\
         <g transform='translate(8,16)'>\n",
        go_escape(class),
        (grid.width + 1) * WIDE,
        grid.height * HIGH + 9,
    );
    let mut drawing = Drawing {
        drawn: grid.without_text(),
        grid,
        out,
    };
    drawing.run();
    out.push_str("</g>\n\n\t\t</svg>\n\t\n</div>\n");
}

/// The characters by column and row.
#[derive(Clone)]
struct Grid {
    rows: Vec<Vec<char>>,
    width: i32,
    height: i32,
}

impl Grid {
    fn new(text: &str) -> Self {
        let lines = text.split('\n').take(MOST / 100);
        let rows: Vec<Vec<char>> = match text {
            "" => Vec::new(),
            _ => lines
                .map(|line| line.trim_end_matches('\r').chars().take(1000).collect())
                .collect(),
        };
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        Self {
            width: i32::try_from(width).unwrap_or(0),
            height: i32::try_from(rows.len()).unwrap_or(0),
            rows,
        }
    }

    /// The character in a cell; a space outside.
    fn at(&self, x: i32, y: i32) -> char {
        let row = usize::try_from(y).ok().and_then(|y| self.rows.get(y));
        let cell = usize::try_from(x).ok().and_then(|x| row?.get(x));
        cell.copied().unwrap_or(' ')
    }

    /// Whether a cell is text. Signs that lines are drawn with are, too, beside a letter or alone between spaces and
    /// letters, unless a line goes through them from above or below.
    fn is_text(&self, x: i32, y: i32) -> bool {
        let c = self.at(x, y);
        if c == ' ' {
            return false;
        }
        if !is_sign(c) {
            return true;
        }
        let goes_on = |y: i32| {
            let other = self.at(x, y);
            "|^v".contains(other) || (!is_joint(c) && is_joint(other))
        };
        let upright = c != 'o' && (is_joint(c) || "|v^".contains(c));
        if upright && (goes_on(y - 1) || goes_on(y + 1)) {
            return false;
        }
        // An arrow may stand at the end of a slanted line.
        let slanted = match c {
            'v' => [(-1, -1, '\\'), (1, -1, '/')],
            '^' => [(1, 1, '\\'), (-1, 1, '/')],
            _ => [(0, 0, ' '); 2],
        };
        if slanted
            .iter()
            .any(|&(dx, dy, sign)| self.at(x + dx, y + dy) == sign)
        {
            return false;
        }
        // Rounded corners stand beside their lines.
        let beside = [(-1, -1), (1, -1), (-1, 1), (1, 1)];
        let is_corner = |c: char| matches!(c, '.' | '\'');
        if c == '|'
            && beside
                .iter()
                .any(|(dx, dy)| is_corner(self.at(x + dx, y + dy)))
        {
            return false;
        }
        // `o` and `v` make no text of the line they end, but of each other, and of a slash between two.
        let between = c == '/' && is_letter(self.at(x - 1, y)) && is_letter(self.at(x + 1, y));
        let is_letter = |x: i32| {
            let other = self.at(x, y);
            is_letter(other) && (between || matches!(c, 'o' | 'v') || !is_sign(other))
        };
        if is_letter(x - 1) || is_letter(x + 1) {
            return true;
        }
        let apart = self.at(x - 1, y) == ' ' && self.at(x + 1, y) == ' ';
        apart && !matches!(c, 'o' | '*') && (is_letter(x - 2) || is_letter(x + 2))
    }

    /// The same with spaces in the place of text.
    fn without_text(&self) -> Self {
        let mut drawn = self.clone();
        for (row, y) in drawn.rows.iter_mut().zip(0..) {
            for (cell, x) in row.iter_mut().zip(0..) {
                if self.is_text(x, y) {
                    *cell = ' ';
                }
            }
        }
        drawn
    }
}

const fn is_joint(c: char) -> bool {
    matches!(c, '.' | '\'' | '+' | '*' | 'o')
}

/// What a drawing may be made of.
fn is_sign(c: char) -> bool {
    is_joint(c) || "-_|v^<>()\\/".contains(c)
}

/// What makes the signs beside it text.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || !(c == ' ' || is_sign(c))
}

/// A direction lines run in: a step to the next cell, what is drawn with, and the arrows at either end.
struct Way {
    step: (i32, i32),
    sign: char,
    arrows: [char; 2],
}

const ACROSS: Way = Way {
    step: (1, 0),
    sign: '-',
    arrows: ['<', '>'],
};
const DOWN: Way = Way {
    step: (0, 1),
    sign: '|',
    arrows: ['^', 'v'],
};
const RISING: Way = Way {
    step: (1, -1),
    sign: '/',
    arrows: ['^', 'v'],
};
const FALLING: Way = Way {
    step: (1, 1),
    sign: '\\',
    arrows: ['^', 'v'],
};

struct Drawing<'a> {
    grid: Grid,
    drawn: Grid,
    out: &'a mut String,
}

impl Drawing<'_> {
    fn run(&mut self) {
        for y in 0..self.drawn.height {
            for x in 0..self.drawn.width {
                self.line(&ACROSS, x, y);
                self.underline(x, y);
            }
        }
        self.by_column(Self::upright);
        self.by_column(|this, x, y| this.line(&RISING, x, y));
        self.by_column(|this, x, y| this.line(&FALLING, x, y));
        self.by_column(|this, x, y| {
            if this.at(x, y) == '|' {
                this.half_step(x, y);
            }
        });
        self.by_column(Self::arrow);
        for y in 0..self.drawn.height {
            for x in 0..self.drawn.width {
                self.corner(x, y);
            }
        }
        self.by_column(Self::circle);
        self.by_column(Self::bridge);
        self.by_column(Self::text);
    }

    fn by_column(&mut self, mut draw: impl FnMut(&mut Self, i32, i32)) {
        for x in 0..self.drawn.width {
            for y in 0..self.drawn.height {
                draw(self, x, y);
            }
        }
    }

    fn at(&self, x: i32, y: i32) -> char {
        self.drawn.at(x, y)
    }

    fn path(&mut self, from: (i32, i32), to: (i32, i32)) {
        let _ = writeln!(
            self.out,
            "<path d='M {},{} L {},{}' fill='none' stroke='currentColor'></path>",
            from.0, from.1, to.0, to.1
        );
    }

    /// The upright line that begins in this cell. Joints part it.
    fn upright(&mut self, x: i32, y: i32) {
        let follows = |y: i32| {
            let (one, next) = (self.at(x, y), self.at(x, y + 1));
            let joins = |y: i32| self.takes(&DOWN, x, y);
            // Circles on top of each other are no line.
            let bends = |c: char| matches!(c, '.' | '\'' | '+');
            match (one, next) {
                ('|', '|') => true,
                ('|', _) => joins(y + 1),
                (_, '|') => joins(y),
                _ => bends(one) && bends(next) && joins(y) && joins(y + 1),
            }
        };
        let parts = |y: i32| is_joint(self.at(x, y));
        if follows(y - 1) && !parts(y) {
            return;
        }
        let mut last = y;
        while follows(last) {
            last += 1;
            if parts(last) {
                break;
            }
        }
        let (cx, cy) = centre((x, y));
        if last > y {
            self.path((cx, cy), centre((x, last)));
        } else if self.at(x, y) == '|' && !follows(y - 1) && !self.is_beside_a_corner(&DOWN, x, y) {
            self.path((cx, cy - 8), (cx, cy + 8));
        }
    }

    /// Half a cell from an upright line's end to the level line it stands on, hangs from, or ends beside.
    fn half_step(&mut self, x: i32, y: i32) {
        let at = |dx: i32, dy: i32| self.at(x + dx, y + dy);
        let ends_at = |dy: i32, edge: i32| {
            let edged = self.at(x, y) == '|' && (at(1, edge) == '_' || at(-1, edge) == '_');
            at(0, dy) == '-' || (edged && at(0, dy) != '|')
        };
        let (cx, cy) = centre((x, y));
        if ends_at(-1, -1) {
            self.path((cx, cy - 8), (cx, cy));
        } else if ends_at(1, 0) {
            self.path((cx, cy), (cx, cy + 8));
        }
    }

    /// The line whose first sign stands in this cell.
    fn line(&mut self, way: &Way, x: i32, y: i32) {
        let (dx, dy) = way.step;
        if self.at(x, y) != way.sign || self.at(x - dx, y - dy) == way.sign {
            return;
        }
        let mut last = (x, y);
        while self.at(last.0 + dx, last.1 + dy) == way.sign {
            last = (last.0 + dx, last.1 + dy);
        }
        let mut from = (x, y);
        let mut to = last;
        if self.takes(way, x - dx, y - dy) {
            from = (x - dx, y - dy);
        }
        if self.takes(way, last.0 + dx, last.1 + dy) {
            to = (last.0 + dx, last.1 + dy);
        }
        if from != to {
            self.path(centre(from), centre(to));
            return;
        }
        if self.is_beside_a_corner(way, x, y) {
            return;
        }
        let (cx, cy) = centre(from);
        match way.sign {
            '-' => self.path((cx, cy), (cx + WIDE, cy)),
            '\\' => self.path((cx - 4, cy - 8), (cx + 4, cy + 8)),
            // In the first row Hugo's line goes down to below the drawing.
            _ if y == 0 => {
                let (ex, ey) = centre((x - self.drawn.height, self.drawn.height));
                self.path((cx - 4, cy + 8), (ex + 4, ey + 8));
            }
            _ => self.path((cx - 4, cy + 8), (cx + 4, cy - 8)),
        }
    }

    /// Whether a line in this direction goes on into a cell that is no sign of it.
    fn takes(&self, way: &Way, x: i32, y: i32) -> bool {
        let c = self.at(x, y);
        let slanted = way.step.0 != 0 && way.step.1 != 0;
        if is_joint(c) {
            return self.rounded(x, y).is_none();
        }
        way.arrows.contains(&c)
            || (slanted && c == '|')
            || (way.sign == '-' && self.bridges(x, y).is_some())
    }

    fn is_beside_a_corner(&self, way: &Way, x: i32, y: i32) -> bool {
        let beside: &[(i32, i32)] = match way.sign {
            '-' => &[(-1, 0), (1, 0)],
            '|' => &[(-1, -1), (1, -1), (-1, 1), (1, 1)],
            _ => &[],
        };
        beside
            .iter()
            .any(|(dx, dy)| self.rounded(x + dx, y + dy).is_some())
    }

    /// The line of underscores that begins in this cell: at the cells' lower edge, up to the middle of what it meets.
    fn underline(&mut self, x: i32, y: i32) {
        if self.at(x, y) != '_' || self.at(x - 1, y) == '_' {
            return;
        }
        let mut last = x;
        while self.at(last + 1, y) == '_' {
            last += 1;
        }
        let meets = |x: i32| self.at(x, y) == '|' || self.at(x, y + 1) == '|';
        let mut from = x * WIDE;
        let mut to = last * WIDE;
        if meets(x - 1) {
            from -= WIDE;
        } else if self.at(x - 1, y) == '\\' || self.at(x - 1, y + 1) == '/' {
            from -= WIDE / 2;
        }
        if meets(last + 1) {
            to += WIDE;
        } else if self.at(last + 1, y) == '/' || self.at(last + 1, y + 1) == '\\' {
            to += WIDE / 2;
        }
        if last == x && to < (x + 1) * WIDE {
            to = (x + 1) * WIDE;
        }
        let edge = y * HIGH + 8;
        self.path((from, edge), (to, edge));
    }

    /// Where the arc of a rounded corner goes: from, to, and which way round.
    fn rounded(&self, x: i32, y: i32) -> Option<[(i32, i32); 2]> {
        let upright = |dx: i32, dy: i32| matches!(self.at(x + dx, y + dy), '|' | '+');
        let level = |dx: i32| self.at(x + dx, y) == '-';
        match self.at(x, y) {
            '.' if upright(0, 1) => None,
            '\'' if upright(0, -1) => None,
            '.' if level(1) && upright(-1, 1) => Some([(1, 0), (-1, 1)]),
            '.' if level(-1) && upright(1, 1) => Some([(-1, 0), (1, 1)]),
            '\'' if level(1) && upright(-1, -1) => Some([(-1, -1), (1, 0)]),
            '\'' if level(-1) && upright(1, -1) => Some([(1, -1), (-1, 0)]),
            _ => None,
        }
    }

    fn corner(&mut self, x: i32, y: i32) {
        let Some([from, to]) = self.rounded(x, y) else {
            return;
        };
        let turn = i32::from((self.at(x, y) == '.') == (from.0 < 0));
        let (ax, ay) = centre((x + from.0, y + from.1));
        let (bx, by) = centre((x + to.0, y + to.1));
        self.arc((ax, ay), 16, turn, (bx, by));
    }

    fn arc(&mut self, from: (i32, i32), radius: i32, turn: i32, to: (i32, i32)) {
        let _ = writeln!(
            self.out,
            "<path d='M {},{} A {radius},{radius} 0 0,{turn} {},{}' fill='none' stroke='currentColor'></path>",
            from.0, from.1, to.0, to.1
        );
    }

    /// A bridge over a line; the answer is which way its arc turns.
    fn bridges(&self, x: i32, y: i32) -> Option<i32> {
        let turn = match self.at(x, y) {
            '(' => 0,
            ')' => 1,
            _ => return None,
        };
        (self.at(x - 1, y) == '-' && self.at(x + 1, y) == '-').then_some(turn)
    }

    fn bridge(&mut self, x: i32, y: i32) {
        if let Some(turn) = self.bridges(x, y) {
            let (cx, cy) = centre((x, y));
            self.path((cx, cy - HIGH), (cx, cy - 8));
            self.path((cx, cy + 8), (cx, cy + HIGH));
            self.arc((cx, cy - 8), 9, turn, (cx, cy + 8));
        }
    }

    fn arrow(&mut self, x: i32, y: i32) {
        let at = |dx: i32, dy: i32| self.at(x + dx, y + dy);
        let (turn, ahead, slanted) = match self.at(x, y) {
            '>' => (0, at(1, 0), false),
            '<' => (180, at(-1, 0), false),
            'v' if at(0, -1) != '|' && at(1, -1) == '/' => (120, ' ', true),
            'v' if at(0, -1) != '|' && at(-1, -1) == '\\' => (60, ' ', true),
            'v' => (90, at(0, 1), false),
            '^' if at(0, 1) != '|' && at(1, 1) == '\\' => (240, ' ', true),
            '^' if at(0, 1) != '|' && at(-1, 1) == '/' => (300, ' ', true),
            '^' => (270, at(0, -1), false),
            _ => return,
        };
        if matches!(turn, 90 | 270) {
            self.half_step(x, y);
        }
        // Before a circle it is drawn further back, so that both can be seen.
        let shift: i16 = match ahead {
            'o' | '*' => -8,
            // Up to a line it is drawn further on, so that they touch.
            '-' if turn == 90 || turn == 270 => 8,
            _ if slanted => 4,
            _ => 0,
        };
        let (cx, cy) = centre((x, y));
        // Hugo counts with single precision here.
        let single = |number: i32| f32::from(i16::try_from(number).unwrap_or(i16::MAX));
        let (fx, fy) = (single(cx) + f32::from(shift), single(cy));
        let _ = writeln!(
            self.out,
            "<polygon points='{:.6},{fy:.6} {:.6},{:.6} {:.6},{:.6}' fill='currentColor' \
             transform='rotate({turn}.000000, {cx}.000000, {cy}.000000)'></polygon>",
            fx + 8.0,
            fx - 4.0,
            fy - 5.6,
            fx - 4.0,
            fy + 5.6,
        );
    }

    fn circle(&mut self, x: i32, y: i32) {
        let fill = match self.at(x, y) {
            'o' => "#fff",
            '*' => "currentColor",
            _ => return,
        };
        let (cx, cy) = centre((x, y));
        let _ = writeln!(
            self.out,
            "<circle cx='{cx}' cy='{cy}' r='6' stroke='currentColor' fill='{fill}'></circle>"
        );
    }

    fn text(&mut self, x: i32, y: i32) {
        if !self.grid.is_text(x, y) {
            return;
        }
        let (cx, cy) = centre((x, y));
        let mut buffer = [0; 4];
        let text = match self.grid.at(x, y) {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            c => &*c.encode_utf8(&mut buffer),
        };
        let _ = writeln!(
            self.out,
            "<text text-anchor='middle' x='{cx}' y='{}' fill='currentColor' style='font-size:1em'>{text}</text>",
            cy + 4
        );
    }
}

/// The middle of a cell.
const fn centre((x, y): (i32, i32)) -> (i32, i32) {
    (x * WIDE, y * HIGH)
}
